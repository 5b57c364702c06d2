// Nothing of the page is seen while it is covered. Sound goes on.
import { recall } from "./memory.js";

/** @type {Set<string>} why it is covered */
const reasons = new Set();

/** The phone itself lays something over the page for these. */
const LISTS = "select, input:is([type=date], [type=time], [type=file])";

/** @param {string} why */
export function cover(why) {
  reasons.add(why);
  document.documentElement.dataset.covered = "";
}

/** @param {string} why */
export function uncover(why) {
  reasons.delete(why);
  if (!reasons.size) delete document.documentElement.dataset.covered;
}

/** Before the phone takes its picture for the list of open apps; who has a lock or is discreet wants that. */
export function coverInBackground() {
  const show = () => uncover("away");
  const hide = () => {
    if (isWanted()) cover("away");
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? hide() : show()));
  addEventListener("pagehide", hide);
  addEventListener("pageshow", show);
  addEventListener("focus", show);
  // On a phone the picture may be taken before the page counts as hidden. With a mouse, another window beside this
  // one is no reason; nor is a list of choices that lies over the page.
  addEventListener("blur", () => {
    const isPhone = matchMedia("(hover: none) and (pointer: coarse)").matches;
    if (isPhone && !document.activeElement?.matches(LISTS)) hide();
  });
}

function isWanted() {
  const { discreet } = document.documentElement.dataset;
  return discreet !== undefined || recall("lock") !== null || recall("cover") !== null;
}
