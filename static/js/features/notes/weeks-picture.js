// Draws practice over the weeks: a mark for each time, from how the user felt before to how they felt after. The
// picture is quiet: it has no totals and no goals, and a week without a mark is only a gap. The table under it says the
// same.
import { MOST } from "../../data/practice.js";
import { date, shortDate } from "../../platform/dates.js";
import { h, href, say } from "../../platform/dom.js";
import { gettext, ngettext, number, pgettext } from "../../platform/i18n.js";
import { remember } from "../../platform/storage.js";
import { along, draw } from "../../platform/svg.js";
import { readingPath } from "../../answers/address.js";
import { slugsOf, titleOf, titleOfRecording } from "../../answers/titles.js";
import { compare, WEEKS, weeksOf } from "../../answers/weeks.js";

/** @import { Summary } from "../../data/entry-view.js" */
/** @import { Time, Weeks } from "../../answers/weeks.js" */

const FOLDED = "weeks-folded";
/** The size of the drawing in its own units. All lengths below are in these units. */
const WIDTH = 336;
const HEIGHT = 168;
/** The y of the highest and of the lowest level. */
const TOP = 10;
const BOTTOM = 142;
/** The y of a time without numbers. */
const UNNUMBERED = 157;
const RADIUS = 3.5;
/** The distance from "before" to "after", and the space for it at both ends of a week. */
const STEP = 7;
const MARGIN = 7;

export class WeeksPicture {
  #section;
  #page;
  #drawn = "";

  /** @param {HTMLDetailsElement} section @param {Element} page with the titles of the recordings */
  constructor(section, page) {
    this.#page = page;
    this.#section = section;
    section.addEventListener("toggle", ({ target }) => {
      if (target === section) remember(FOLDED, section.open ? null : "1");
    });
  }

  /** Draw the picture and fill the table, if anything has changed. @param {Summary[]} entries */
  show(entries) {
    const weeks = weeksOf(entries, new Date(), firstDay());
    const drawing = JSON.stringify(weeks);
    // If nothing has changed, keep the elements. What is unfolded stays unfolded, and the focus stays where it is.
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    const { times } = weeks;
    this.#part("[data-some]").hidden = !times.length;
    this.#part("[data-none]").hidden = times.length > 0;
    const isUnnumbered = (/** @type {Time} */ time) => time.before === null && time.after === null;
    this.#part("[data-key-words]").hidden = !times.some(isUnnumbered);
    const plot = this.#part("[data-plot]");
    plot.replaceChildren(picture(weeks));
    say(
      this.#part("[data-from]"),
      pgettext("start of a time axis", "from %(date)s", { date: date(weeks.from) }),
    );
    this.#part("tbody").replaceChildren(...times.map((time) => this.#row(time)));
  }

  /** @param {Time} time */
  #row({ id, worksheet, recording, day, before, after, words }) {
    const title = worksheet
      ? titleOf(this.#page, this.#sheet(worksheet))
      : titleOfRecording(this.#page, recording).cloneNode(true);
    const link = h("a", { href: href(readingPath(id)) }, title);
    const level = (/** @type {number | null} */ value) => (value === null ? "–" : number(value));
    return h(
      "tr",
      { class: "nhsuk-table__row" },
      h("th", { scope: "row", text: shortDate(day) }),
      h("td", {}, link),
      h("td", { text: level(before) }),
      h("td", { text: level(after) }),
      h("td", { dir: "auto", text: words }),
    );
  }

  /** Return what `titleOf` needs for a diary note. The service may have removed the diary. @param {string} worksheet */
  #sheet(worksheet) {
    const isThere = slugsOf(this.#page).has(worksheet);
    return isThere
      ? { what: /** @type {const} */ ("worksheet"), worksheet }
      : { what: /** @type {const} */ ("gone") };
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#section.querySelector(selector));
  }
}

/** Return the first day of a week in the user's region: 1 is Monday, 7 is Sunday. */
function firstDay() {
  try {
    const region = /** @type {any} */ (new Intl.Locale(navigator.language));
    return (region.getWeekInfo?.() ?? region.weekInfo)?.firstDay ?? 1;
  } catch {
    return 1;
  }
}

/** @param {Weeks} weeks */
function picture(weeks) {
  const isMirrored = document.documentElement.dir === "rtl";
  const across = along(WIDTH);
  const column = WIDTH / WEEKS;
  const bands = Array.from({ length: WEEKS / 2 }, (_, index) => {
    const x = across(column * (2 * index + (isMirrored ? 1 : 0)));
    return draw("rect", { class: "week", x, y: 0, width: column, height: HEIGHT });
  });
  const levels = [0, MOST / 2, MOST].map((level) =>
    draw("line", { class: "level", x1: 0, x2: WIDTH, y1: heightOf(level), y2: heightOf(level) }),
  );
  const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  svg.setAttribute("aria-label", inWords(weeks));
  svg.append(...bands, ...levels, ...weeks.times.map((time) => mark(time, column, across)));
  return svg;
}

/** @param {number} level */
const heightOf = (level) => BOTTOM - ((BOTTOM - TOP) * level) / MOST;

/**
 * Draw one time of practice.
 *
 * @param {Time} time
 * @param {number} column width of a week
 * @param {(x: number) => number} across mirrors x where the language needs it
 */
function mark({ week, within, before, after }, column, across) {
  const middle = column * week + MARGIN + within * (column - 2 * MARGIN);
  const [from, to] = [across(middle - STEP / 2), across(middle + STEP / 2)];
  const group = draw("g", { class: "time" });
  if (before !== null && after !== null) {
    const [y1, y2] = [heightOf(before), heightOf(after)];
    group.append(draw("line", { class: "way", x1: from, y1, x2: to, y2 }));
  }
  if (before !== null) group.append(dot("ring", from, before));
  if (after !== null) group.append(dot("dot", to, after));
  if (before === null && after === null) {
    const x = across(middle) - 3;
    group.append(draw("rect", { class: "word", x, y: UNNUMBERED - 3, width: 6, height: 6 }));
  }
  return group;
}

/** @param {"ring" | "dot"} kind @param {number} cx @param {number} level */
const dot = (kind, cx, level) =>
  draw("circle", { class: kind, cx, cy: heightOf(level), r: RADIUS });

/** Describe the picture for screen readers. @param {Weeks} weeks */
function inWords({ from, times }) {
  const { more, same, less } = compare(times);
  const parts = [gettext("Your practice from %(date)s until today.", { date: date(from) })];
  // English says "twice".
  if (more === 2) parts.push(gettext("More at ease afterwards twice."));
  else if (more) {
    parts.push(
      ngettext("More at ease afterwards once.", "More at ease afterwards %(num)s times.", more),
    );
  }
  if (same === 2) parts.push(gettext("The same twice."));
  else if (same) parts.push(ngettext("The same once.", "The same %(num)s times.", same));
  if (less === 2) parts.push(gettext("Less at ease twice."));
  else if (less) {
    parts.push(ngettext("Less at ease once.", "Less at ease %(num)s times.", less));
  }
  parts.push(gettext("The table below has them all."));
  return parts.join(" ");
}
