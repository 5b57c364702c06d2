// The section "Practice over the weeks" on the notes page. It appears together with the rows. The drawing is loaded
// after them.
import { reportFailure } from "../../platform/reopening.js";
import { once } from "../../platform/once.js";
import { recall, remember } from "../../platform/storage.js";

/** @import { Summary } from "../../data/entry-view.js" */

/** Remembers that the user has folded the section away. */
const FOLDED = "weeks-folded";
/** Remembers that there is something to show in the section. */
const THERE = "weeks-there";

/**
 * `only` is set while not all entries are known.
 * @typedef {(entries: Summary[], options?: {only?: "place"}) => void} DrawWeeks
 */

/**
 * Set up the section.
 *
 * @param {HTMLElement} page
 * @returns {DrawWeeks} shows or hides the section and, without `only`, draws the picture
 */
export function weeksOn(page) {
  const section = page.querySelector("details[data-weeks]");
  if (!(section instanceof HTMLDetailsElement)) return () => {};
  section.open = recall(FOLDED) === null;
  const load = once(async () => {
    const { WeeksPicture } = await import("./weeks-picture.js");
    return new WeeksPicture(section, page);
  });
  return (entries, { only } = {}) => {
    const isThere = entries.some(({ practice, diary }) => practice ?? diary);
    section.hidden = !(isThere || (only && recall(THERE)));
    if (only) return;
    remember(THERE, isThere ? "1" : null);
    if (section.hidden) return;
    load()
      .then((picture) => picture.show(entries))
      .catch((error) => reportFailure("the weeks were not drawn", error));
  };
}
