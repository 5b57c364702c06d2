// The screen while backup is on: its state, and what the reader can do with it.
import { icon, say } from "../../platform/dom.js";
import { wordsState } from "./checked.js";
import { notify } from "../../platform/template-views.js";
import { statusLine } from "./status-line.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */
/** @import { View } from "../../platform/template-views.js" */

/**
 * @param {ScreenContext} context
 * @param {{notice?: string}} [options]
 */
export function on(context, { notice } = {}) {
  // Another tab may have switched backup off, or another phone may have erased it.
  if (!context.backup.status.enabled) return context.go("off");
  const view = context.views.show("on", {
    now: () => context.backup.syncNow(),
    check: () => context.go("words", { why: "new" }),
    show: () => context.go("words", { why: "show" }),
    other: () => context.go("words", { why: "other" }),
    "turn-off": () => context.go("turn-off"),
    erase: () => context.go("erase"),
  });
  const { signal } = view;
  view.find("[data-unchecked]").hidden = wordsState() !== "unchecked";
  const show = () => showStatus(view, context);
  signal.addEventListener("abort", context.backup.onStatus(show));
  addEventListener("online", show, { signal });
  addEventListener("offline", show, { signal });
  if (notice) notify(view, notice);
}

/** Show the state of backup. @param {View} view @param {ScreenContext} context */
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
