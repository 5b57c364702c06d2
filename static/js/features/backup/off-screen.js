// The screen while backup is off: it explains backup and turns it on.
import { gettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { rememberWords, wordsState } from "./checked.js";
import { showFaults } from "../../platform/forms.js";
import { explain, JOIN_CODE, joinCodeFault } from "../../session/problems.js";
import { notify, onSubmit } from "../../platform/template-views.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */
/** @import { Fault } from "../../platform/forms.js" */
/** @import { View } from "../../platform/template-views.js" */

/**
 * @param {ScreenContext} context
 * @param {{notice?: string, joinCode?: string, fault?: Fault}} [options]
 */
export function off(context, { notice, joinCode = "", fault } = {}) {
  const view = context.views.show("off", { restore: () => context.go("restore") });
  const code = /** @type {HTMLInputElement} */ (view.find(`#${JOIN_CODE}`));
  code.value = joinCode;
  if (fault?.field === JOIN_CODE) view.find("[data-join]").hidden = false;
  onSubmit(view, () => turnOn(context, code.value.trim()));
  if (notice) notify(view, notice);
  if (fault) showFaults(view.element, [fault]);
  if (!notice && !fault) tellIfErased(context, view);
}

/**
 * Tell the reader if another phone has erased the backup. This phone learns of it at its next request.
 * @param {ScreenContext} context
 * @param {View} view
 */
function tellIfErased({ backup }, view) {
  const stop = backup.onStatus(({ problem }) => {
    const isTold = !view.find('[data-notice="warn"]').hidden;
    if (problem === "account_erased" && !isTold)
      notify(view, explain({ code: problem }).text, "warn");
  });
  view.signal.addEventListener("abort", stop);
}

/** Turn backup on, then show the next screen. @param {ScreenContext} context @param {string} joinCode */
async function turnOn(context, joinCode) {
  const working = context.views.show("working");
  say(working.find("[data-working]"), gettext("Turning on backup…"));
  try {
    const { newWords } = await context.backup.switchOn(joinCode ? { joinCode } : {});
    if (newWords || wordsState() !== "checked") {
      rememberWords("unchecked");
      context.go("words", { why: "new" });
    } else {
      context.go("on", { notice: gettext("Backup is on again, with the same twelve words.") });
    }
  } catch (error) {
    const facts = /** @type {any} */ (error);
    const fault = facts.code === "join_code_needed" ? joinCodeFault(joinCode) : explain(facts);
    context.go("off", { joinCode, fault });
  }
}
