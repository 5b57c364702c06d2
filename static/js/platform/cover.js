// Covers the whole page, so that nobody can see its content. Sound keeps playing. The page can be covered for
// several reasons at once. It stays covered until every reason is withdrawn.
import { recall } from "./storage.js";

/** @type {Set<string>} why the page is covered now */
const reasons = new Set();

/** Fields for which the phone shows its own picker over the page. */
const PICKERS = "select, input:is([type=date], [type=time], [type=file])";

/** @param {string} reason */
export function cover(reason) {
  reasons.add(reason);
  document.documentElement.dataset.covered = "";
}

/** Withdraw one reason. @param {string} reason */
export function uncover(reason) {
  reasons.delete(reason);
  if (!reasons.size) delete document.documentElement.dataset.covered;
}

/**
 * Cover the page whenever it goes into the background, before the phone takes a screenshot for its list of open apps.
 * This applies if a lock is set, if discreet mode is on, or if the reader chose it.
 */
export function coverInBackground() {
  const show = () => uncover("away");
  const hide = () => {
    if (isWanted()) cover("away");
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? hide() : show()));
  addEventListener("pagehide", hide);
  addEventListener("pageshow", show);
  addEventListener("focus", show);
  // A phone may take the screenshot before the page becomes hidden, so cover the page when it loses focus. Don't do
  // that on a computer with a mouse: the reader may be using another window beside this one. Don't do it either while
  // the phone shows a picker over the page.
  addEventListener("blur", () => {
    const isPhone = matchMedia("(hover: none) and (pointer: coarse)").matches;
    if (isPhone && !document.activeElement?.matches(PICKERS)) hide();
  });
}

function isWanted() {
  const { discreet } = document.documentElement.dataset;
  return discreet !== undefined || recall("lock") !== null || recall("cover") !== null;
}
