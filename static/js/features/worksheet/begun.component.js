// The list of worksheets. A worksheet that was begun and not finished shows "Begun Tuesday 14:02", and its row links to
// that entry. The cryptography is loaded only if something was ever written in this browser.
import { reportFailure } from "../../platform/reopening.js";
import { date, weekdayAndTime } from "../../platform/dates.js";
import { href, say } from "../../platform/dom.js";
import { hasEntries } from "../../platform/storage.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { unfinished } from "../../answers/finished.js";

/** @import { Summary } from "../../data/entry-view.js" */

const DAY = 86_400_000; // ms

/** @type {import("../../platform/page.js").Start} */
export default async function start(list, signal) {
  if (!hasEntries()) return;
  const { vault } = await import("../../session/vault.js");
  const entries = await vault();
  if (signal.aborted) return;
  /** @type {HTMLAnchorElement[]} */
  const rows = Array.from(list.querySelectorAll("a[data-worksheet]"));
  const facts = new Map(rows.map((row) => [row, [...factOf(row).childNodes]]));
  const look = async () => {
    const { entries: all } = await entries.list();
    for (const row of rows) {
      fill(row, unfinished(all, row.dataset.worksheet), facts.get(row) ?? []);
    }
  };
  const stop = entries.onChange(() => void look().catch(report));
  signal.addEventListener("abort", stop);
  await look();
}

/**
 * @param {HTMLAnchorElement} row
 * @param {Summary | undefined} entry
 * @param {Node[]} minutes the row's original content
 */
function fill(row, entry, minutes) {
  const fact = factOf(row);
  const address = href(`worksheets/${row.dataset.worksheet}`);
  row.href = entry ? `${address}#e=${entry.id}` : address;
  fact.toggleAttribute("data-begun", entry !== undefined);
  if (entry) say(fact, words(entry));
  else fact.replaceChildren(...minutes);
}

/**
 * Say when an entry was begun. If it was changed on another day, say when it was last written in.
 * @param {Summary} entry
 */
function words({ created, changed }) {
  const begun = new Date(created);
  const last = new Date(changed);
  if (begun.toDateString() === last.toDateString()) {
    return pgettext("under a worksheet in the list, at most 30 letters", "Begun %(when)s", {
      when: when(begun),
    });
  }
  return gettext("Last written %(when)s", { when: when(last) });
}

/** Return "Tuesday 14:02" for the last six days, else the date. @param {Date} moment */
function when(moment) {
  if (Date.now() - moment.getTime() > 6 * DAY) return date(moment);
  return weekdayAndTime(moment);
}

/** @param {HTMLElement} row @returns {HTMLElement} */
function factOf(row) {
  return /** @type {HTMLElement} */ (row.querySelector("[data-fact]"));
}

/** @param {unknown} error */
function report(error) {
  reportFailure("the unfinished worksheets could not be shown", error);
}
