// The reading aids that follow the reader: ruler, mask (the reading window), magnifier, and focus on one paragraph.
// main.js starts them when the first of them is on. They stand beside <main>, so they stay when the router changes it.
// css/reading/_aids.scss draws them.
import { h, toast } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { choose } from "../../platform/reading-choices.js";
import { keysOf } from "./keys.js";
import { magnifier } from "./magnifier.js";
import { ReadingPlace } from "./reading-place.js";
import { spotlight } from "./spotlight.js";

/** @import { Follower } from "./reading-place.js" */

/** Each as data-NAME on <html>. */
const AIDS = ["ruler", "mask", "magnifier", "focus"];

/** Start what the reader has chosen, now and whenever the choice changes. @type {import("../../platform/page.js").Start} */
export default function start(root) {
  /** @type {AbortController | undefined} */
  let running;
  let shown = "";
  const follow = () => {
    const chosen = AIDS.filter((aid) => aid in root.dataset);
    if (chosen.join() === shown) return;
    shown = chosen.join();
    running?.abort();
    running = chosen.length ? begin(chosen) : undefined;
  };
  document.addEventListener("reading-changed", follow);
  follow();
}

/** Show these aids until the controller aborts. @param {string[]} chosen */
function begin(chosen) {
  const ending = new AbortController();
  const { signal } = ending;
  const label = pgettext("legend of a choice", "Reading aids");
  const part = h("section", { class: "aids no-print", "aria-label": label });
  const followers = chosen.map((aid) => drawn(aid, part, signal));
  const place = new ReadingPlace(part, followers);
  const off = () => turnOff(chosen, part);
  part.append(keysOf((direction) => place.step(direction), off));
  // After the header, so that Tab reaches it early and the button "Text and colours" comes before it.
  document.querySelector(".top")?.after(part);
  signal.addEventListener("abort", () => part.remove());
  place.start(signal);
  return ending;
}

/** @param {string} aid @param {HTMLElement} part @param {AbortSignal} signal @returns {Follower} */
function drawn(aid, part, signal) {
  if (aid === "magnifier") return magnifier(part, signal);
  if (aid === "focus") return spotlight(part, signal);
  part.append(h("div", { class: `aid-${aid}`, "aria-hidden": "true" }));
  return { move: ({ y }) => part.style.setProperty("--line-at", `${Math.round(y)}px`) };
}

/** Turn these aids off, and offer to bring them back. @param {string[]} chosen @param {HTMLElement} part */
function turnOff(chosen, part) {
  const hadFocus = part.contains(document.activeElement);
  choose(Object.fromEntries(chosen.map((aid) => [aid, ""])));
  // The button is gone. The next one to press is the one that leads to the choice.
  if (hadFocus)
    /** @type {HTMLElement | null} */ (
      document.querySelector(".top [href$='/settings/reading']")
    )?.focus();
  toast(gettext("The reading aids are off."), {
    label: pgettext("button", "Undo"),
    act: () => choose(Object.fromEntries(chosen.map((aid) => [aid, "on"]))),
  });
}
