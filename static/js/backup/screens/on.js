// Backup is on: how far it has come, and what can be done with it.
import { icon, say } from "../../lib/dom.js";
import { wordsState } from "../checked.js";
import { notify } from "../../lib/stage.js";
import { statusLine } from "../status-line.js";

/** @import { Desk } from "../../components/backup-settings.js" */
/** @import { View } from "../../lib/stage.js" */

/**
 * @param {Desk} desk
 * @param {{notice?: string}} [options]
 */
export function on(desk, { notice } = {}) {
  // Switched off meanwhile in another tab, or erased from another phone.
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

/** @param {View} view @param {Desk} desk */
function showStatus(view, { backup }) {
  const { text, icon: name, state, details } = statusLine(backup.status, navigator.onLine);
  const words = view.find("[data-status]");
  // Said again only when it has changed: a screen reader reads each change out.
  if (words.textContent === text) return;
  say(words, text);
  view.find("[data-line]").dataset.state = state === "failed" ? "failed" : "saved";
  view.find("[data-mark]").replaceChildren(icon(name));
  const more = view.find("[data-more]");
  more.hidden = !details;
  say(more, details ?? "");
}
