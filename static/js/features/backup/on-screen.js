// The screen while backup is on: its state, and what the reader can do with it.
import { icon, say } from "../../platform/dom.js";
import { wordsState } from "./checked.js";
import { notify } from "../../platform/views.js";
import { statusLine } from "./status-line.js";

/** @import { Desk } from "./backup-settings.component.js" */
/** @import { View } from "../../platform/views.js" */

/**
 * @param {Desk} desk
 * @param {{notice?: string}} [options]
 */
export function on(desk, { notice } = {}) {
  // Another tab may have switched backup off, or another phone may have erased it.
  if (!desk.backup.status.enabled) return desk.go("off");
  const view = desk.stage.show("on", {
    now: () => desk.backup.syncNow(),
    check: () => desk.go("words", { why: "new" }),
    show: () => desk.go("words", { why: "show" }),
    other: () => desk.go("words", { why: "other" }),
    "turn-off": () => desk.go("turn-off"),
    erase: () => desk.go("erase"),
  });
  const { signal } = view;
  view.find("[data-unchecked]").hidden = wordsState() !== "unchecked";
  const show = () => showStatus(view, desk);
  signal.addEventListener("abort", desk.backup.onStatus(show));
  addEventListener("online", show, { signal });
  addEventListener("offline", show, { signal });
  if (notice) notify(view, notice);
}

/** Show the state of backup. @param {View} view @param {Desk} desk */
function showStatus(view, { backup }) {
  const { text, icon: name, state, details } = statusLine(backup.status, navigator.onLine);
  const words = view.find("[data-status]");
  // Set the text only if it has changed, because a screen reader announces it each time.
  if (words.textContent === text) return;
  say(words, text);
  view.find("[data-line]").dataset.state = state === "failed" ? "failed" : "saved";
  view.find("[data-mark]").replaceChildren(icon(name));
  const more = view.find("[data-more]");
  more.hidden = !details;
  say(more, details ?? "");
}
