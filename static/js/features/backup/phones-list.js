// Lists the phones that use the backup. One that the reader hasn't seen yet is announced, until they say that they know
// it: whoever has the twelve words can read everything.
import { day } from "../../platform/dates.js";
import { h, icon, say } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";

/** @import { KnownPhone } from "../../data/backup-status.js" */
/** @import { View } from "../../platform/template-views.js" */

/** @param {View} view @param {KnownPhone[]} phones */
export function showPhones(view, phones) {
  view.find("[data-phones]").hidden = !phones.length;
  view.find("[data-phone-list]").replaceChildren(...phones.map(row));
  const added = newPhones(phones);
  view.find("[data-new-phone]").hidden = !added.length;
  const text = added.map(announcement).join(" ");
  const names = view.find("[data-new-phone-name]");
  if (names.textContent !== text) say(names, text);
}

/** Return the phones that the reader hasn't seen yet. @param {KnownPhone[]} phones */
export const newPhones = (phones) => phones.filter(({ isNew }) => isNew);

/** @param {KnownPhone} phone */
const row = (phone) =>
  h(
    "li",
    { class: "row" },
    icon("mobile"),
    h(
      "span",
      { class: "text" },
      h("b", { text: nameOf(phone) }),
      h("small", { text: lastUse(phone) }),
    ),
  );

/** @param {KnownPhone} phone */
const announcement = (phone) =>
  gettext("Another phone uses this backup now: %(phone)s.", { phone: nameOf(phone) });

/** @param {KnownPhone} phone */
function nameOf({ browser, system }) {
  if (browser && system)
    return pgettext(
      "browser and system, such as “Firefox on Android”",
      "%(browser)s on %(system)s",
      {
        browser,
        system,
      },
    );
  return browser || system || gettext("An unknown browser");
}

/** @param {KnownPhone} phone */
function lastUse({ isThis, days }) {
  if (isThis) return pgettext("beside the name of a phone", "this one");
  const [year, month, date] = (days.at(-1) ?? "").split("-").map(Number);
  if (!date) return "";
  return gettext("last here: %(day)s", { day: day(new Date(year, month - 1, date)) });
}
