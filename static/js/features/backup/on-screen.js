// The screen while backup is on: its state, who uses it, and what the reader can do with it.
import { icon, say } from "../../platform/dom.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { explain, JOIN_CODE, joinCodeFault } from "../../session/problems.js";
import { notify, onSubmit } from "../../platform/template-views.js";
import { codeOf } from "../../platform/errors.js";
import { wordsState } from "./checked.js";
import { newPhones, showPhones } from "./phones-list.js";
import { statusLine } from "./status-line.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */
/** @import { KnownPhone } from "../../data/backup-status.js" */
/** @import { Tone, View } from "../../platform/template-views.js" */

/**
 * @param {ScreenContext} context
 * @param {{notice?: string, tone?: Tone}} [options]
 */
export function on(context, { notice, tone = "ok" } = {}) {
  // Another tab may have switched backup off, or another phone may have erased it.
  if (!context.backup.status.enabled) return context.go("off");
  const view = context.views.show("on", {
    now: () => context.backup.syncNow(),
    check: () => context.go("words", { why: "new" }),
    show: () => context.go("words", { why: "show" }),
    other: () => context.go("words", { why: "other" }),
    known: () => context.backup.phonesSeen(shown.map(({ actor }) => actor)),
    "turn-off": () => context.go("turn-off"),
    erase: () => context.go("erase"),
  });
  const { signal } = view;
  /** The new phones that are on the screen. @type {KnownPhone[]} */
  let shown = [];
  view.find("[data-unchecked]").hidden = wordsState() !== "unchecked";
  const show = () => {
    showStatus(view, context);
    showPhones(view, context.backup.status.phones);
    shown = newPhones(context.backup.status.phones);
  };
  signal.addEventListener("abort", context.backup.onStatus(show));
  addEventListener("online", show, { signal });
  addEventListener("offline", show, { signal });
  onSubmit(view, () => sendJoinCode(view, context));
  if (notice) notify(view, notice, tone);
}

/** Show the state of backup. @param {View} view @param {ScreenContext} context */
function showStatus(view, { backup }) {
  const { text, icon: name, state, details } = statusLine(backup.status, navigator.onLine);
  const isCodeNeeded = backup.status.problem === "join_code_needed";
  view.find("[data-join]").hidden = !isCodeNeeded;
  view.find('[data-do="now"]').hidden = isCodeNeeded;
  view.find("[data-too-large]").hidden = !backup.status.tooLarge.length;
  view.find("[data-sign-in]").hidden = backup.status.problem !== "sign_in";
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

/**
 * Send the code that the server asks for: it has lost the backup, or the service has changed its code.
 * @param {View} view
 * @param {ScreenContext} context
 */
async function sendJoinCode(view, { backup }) {
  const field = /** @type {HTMLInputElement} */ (view.find(`#${JOIN_CODE}`));
  const joinCode = field.value.trim();
  clearFaults(view.element);
  try {
    await backup.switchOn(joinCode ? { joinCode } : {});
    await backup.syncNow();
  } catch (error) {
    const isCode = codeOf(error) === "join_code_needed";
    showFaults(view.element, [
      isCode ? joinCodeFault(joinCode) : explain(/** @type {any} */ (error)),
    ]);
  }
}
