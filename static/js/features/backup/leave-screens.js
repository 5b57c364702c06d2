// The screens for turning backup off and for erasing it from the server.
import { gettext } from "../../platform/i18n.js";
import { rememberWords } from "./checked.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { explain } from "../../session/problems.js";
import { onSubmit } from "../../platform/template-views.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */

/** Show the screen for turning backup off. @param {ScreenContext} context */
export function turnOff(context) {
  const view = context.views.show("turn-off", { back: () => context.go("on") });
  onSubmit(view, async () => {
    try {
      await context.backup.switchOff();
      context.go("off", { notice: gettext("Backup is off.") });
    } catch (error) {
      showFaults(view.element, [explain(/** @type {any} */ (error))]);
    }
  });
}

/** Show the screen for erasing the backup. @param {ScreenContext} context */
export function erase(context) {
  const view = context.views.show("erase", { back: () => context.go("on") });
  const understood = /** @type {HTMLInputElement} */ (view.find("input[type=checkbox]"));
  onSubmit(view, async () => {
    clearFaults(view.element);
    if (!understood.checked) {
      const text = gettext("Tick the box to show that you understand.");
      return showFaults(view.element, [{ text, field: understood.id }]);
    }
    const isOffline = !navigator.onLine;
    try {
      await context.backup.erase();
      rememberWords(null);
      context.go("off", { notice: gettext("Erased. Your notes are still on this phone.") });
    } catch (error) {
      const text = notErased(/** @type {any} */ (error), isOffline);
      showFaults(view.element, [{ text }]);
    }
  });
}

/**
 * Say what is certain. Without an answer of the server itself, it may have erased the backup. Erasing twice does no harm.
 * @param {{status?: number}} error
 * @param {boolean} isOffline whether the phone was offline before anything was sent
 */
function notErased({ status = 0 }, isOffline) {
  if (isOffline) return gettext("You need a connection to erase. Nothing has been erased.");
  return status === 0 || status === 408 || status >= 500
    ? gettext(
        "No answer came, so it isn’t certain that it was erased. Try again in a little while.",
      )
    : gettext("It was not erased. Try again.");
}
