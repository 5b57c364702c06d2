// Practice over the weeks as a quiet picture: a mark for each time, from how somebody was before to how they were
// after. No sums, no goals; a week without a mark is only a gap. The table behind it says the same.
import { MOST } from "../data/practice.js";
import { date, shortDate } from "../lib/dates.js";
import { h, href, say } from "../lib/dom.js";
import { gettext, ngettext, number, pgettext } from "../lib/messages.js";
import { remember } from "../lib/memory.js";
import { along, draw } from "../pictures/svg.js";
import { slugsOf, titleOf, titleOfRecording } from "./titles.js";
import { compare, WEEKS, weeksOf } from "./weeks.js";

/** @import { Summary } from "../data/entry-view.js" */
/** @import { Time, Weeks } from "./weeks.js" */

const FOLDED = "weeks-folded";
/** Of the drawing, in its own units. */
const WIDE = 336;
const TALL = 168;
const TOP = 10;
const FLOOR = 142;
/** Where a time without numbers stands. */
const WORDS = 157;
const RADIUS = 3.5;
/** From before to after, and room for that at both ends of a week. */
const STEP = 7;
const ROOM = 7;

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

  /** @param {Summary[]} entries */
  show(entries) {
    const weeks = weeksOf(entries, new Date(), firstDay());
    const drawing = JSON.stringify(weeks);
    // What is unfolded stays, and so does the keyboard's place.
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    const { times } = weeks;
    this.#part("[data-some]").hidden = !times.length;
    this.#part("[data-none]").hidden = times.length > 0;
    const isUnnumbered = (/** @type {Time} */ one) => one.before === null && one.after === null;
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
    const path = worksheet ? `worksheets/${worksheet}` : "notes/practice";
    const title = worksheet
      ? titleOf(this.#page, this.#sheet(worksheet))
      : titleOfRecording(this.#page, recording).cloneNode(true);
    const link = h("a", { href: `${href(path)}#e=${id}` }, title);
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

  /** A service may have taken the diary away. @param {string} worksheet */
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

/** Of a week, where the reader is: 1 is Monday, 7 is Sunday. */
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
  const across = along(WIDE);
  const column = WIDE / WEEKS;
  const bands = Array.from({ length: WEEKS / 2 }, (_, index) => {
    const x = across(column * (2 * index + (isMirrored ? 1 : 0)));
    return draw("rect", { class: "week", x, y: 0, width: column, height: TALL });
  });
  const levels = [0, MOST / 2, MOST].map((level) =>
    draw("line", { class: "level", x1: 0, x2: WIDE, y1: heightOf(level), y2: heightOf(level) }),
  );
  const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, role: "img" });
  svg.setAttribute("aria-label", inWords(weeks));
  svg.append(...bands, ...levels, ...weeks.times.map((time) => mark(time, column, across)));
  return svg;
}

/** @param {number} level */
const heightOf = (level) => FLOOR - ((FLOOR - TOP) * level) / MOST;

/** @param {Time} time @param {number} column @param {(x: number) => number} across */
function mark({ week, within, before, after }, column, across) {
  const middle = column * week + ROOM + within * (column - 2 * ROOM);
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
    group.append(draw("rect", { class: "word", x, y: WORDS - 3, width: 6, height: 6 }));
  }
  return group;
}

/** @param {"ring" | "dot"} kind @param {number} cx @param {number} level */
const dot = (kind, cx, level) =>
  draw("circle", { class: kind, cx, cy: heightOf(level), r: RADIUS });

/** What the picture shows, for who hears it. @param {Weeks} weeks */
function inWords({ from, times }) {
  const { more, same, less } = compare(times);
  const parts = [gettext("Your practice from %(date)s until today.", { date: date(from) })];
  if (more) {
    parts.push(
      ngettext(
        "More at ease afterwards %(num)s time.",
        "More at ease afterwards %(num)s times.",
        more,
      ),
    );
  }
  if (same) parts.push(ngettext("The same %(num)s time.", "The same %(num)s times.", same));
  if (less) {
    parts.push(ngettext("Less at ease %(num)s time.", "Less at ease %(num)s times.", less));
  }
  parts.push(gettext("The table below has each of them."));
  return parts.join(" ");
}
