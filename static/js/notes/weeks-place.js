// The place of "Practice over the weeks" among the notes: there at once with the rows; the drawing comes after them.
import { recall, remember } from "../lib/memory.js";

/** @import { Summary } from "../data/entry-view.js" */
/** @import { WeeksPicture } from "./weeks-picture.js" */

/** The weeks are folded away, and stay so. */
const FOLDED = "weeks-folded";
/** There is something to show in them. */
const THERE = "weeks-there";

/** @typedef {(entries: Summary[], options?: {only?: "place"}) => void} DrawWeeks `only` as long as not all are known */

/** @param {HTMLElement} page @returns {DrawWeeks} */
export function weeksOn(page) {
  const section = page.querySelector("details[data-weeks]");
  if (!(section instanceof HTMLDetailsElement)) return () => {};
  section.open = recall(FOLDED) === null;
  /** @type {Promise<WeeksPicture> | undefined} */
  let loading;
  return (entries, { only } = {}) => {
    const isThere = entries.some(({ practice, diary }) => practice ?? diary);
    section.hidden = !(isThere || (only && recall(THERE)));
    if (only) return;
    remember(THERE, isThere ? "1" : null);
    if (section.hidden) return;
    loading ??= import("./weeks-picture.js").then(
      ({ WeeksPicture }) => new WeeksPicture(section, page),
    );
    loading
      .then((picture) => picture.show(entries))
      .catch((error) => console.error("the weeks were not drawn", error));
  };
}
