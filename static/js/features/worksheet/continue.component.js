// Home: the card "Write something down" becomes "Carry on writing" if a worksheet was begun and not finished.
// The cryptography is loaded only if something was ever written in this browser.
import { day } from "../../platform/dates.js";
import { href, say } from "../../platform/dom.js";
import { hasEntries } from "../../platform/storage.js";
import { gettext } from "../../platform/i18n.js";
import { unfinished } from "../../answers/finished.js";

/** @import { Summary } from "../../data/entry-view.js" */

/** @type {import("../../platform/page.js").Start} */
export default async function start(element, signal) {
  if (!hasEntries()) return;
  const { vault } = await import("../../session/vault.js");
  const entries = await vault();
  if (signal.aborted) return;
  const show = async () => {
    const titles = titlesIn(element);
    const known = (await entries.list()).entries.filter(({ worksheet }) =>
      titles.has(worksheet ?? ""),
    );
    const entry = unfinished(known);
    if (entry) offer(element, entry, titles.get(entry.worksheet ?? "") ?? "");
  };
  signal.addEventListener(
    "abort",
    entries.onChange(() => show()),
  );
  await show();
}

/** Read the titles of the page's worksheets, by slug. @param {HTMLElement} element @returns {Map<string, string>} */
function titlesIn(element) {
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = element.querySelectorAll("template[data-worksheet]");
  return new Map(
    Array.from(templates, ({ dataset, content }) => [
      dataset.worksheet ?? "",
      content.textContent?.trim() ?? "",
    ]),
  );
}

/** Make the card lead to the entry. @param {HTMLElement} element @param {Summary} entry @param {string} title */
function offer(element, entry, title) {
  const card = element.querySelector("a");
  const [line, small] = [element.querySelector("b"), element.querySelector("small")];
  if (!(card && line && small)) return;
  card.href = `${href(`worksheets/${entry.worksheet}`)}#e=${entry.id}`;
  const when = day(new Date(entry.created));
  say(line, gettext("Carry on writing"));
  say(small, gettext("%(worksheet)s, begun %(when)s", { worksheet: title, when }));
}
