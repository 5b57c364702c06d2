// Asks for the PIN before the twelve words are shown, if this phone has a lock: an open lock protects what is written,
// but whoever knows the words can read it for ever.
import { PinError } from "../../data/lock.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { onSubmit } from "../../platform/template-views.js";
import { pinField } from "../../session/pin-field.js";

/** @import { Lock } from "../../data/lock.js" */
/** @import { Kind } from "../../data/wrapping.js" */
/** @import { ScreenContext } from "./backup-settings.component.js" */

const PIN = "backup-pin";

/**
 * Ask for the PIN, then call `proceed`.
 * @param {ScreenContext} context
 * @param {{kind: Kind, lock: Lock, proceed: () => void, back: () => void}} options
 */
export function askForPin({ views }, { kind, lock, proceed, back }) {
  const view = views.show("pin", { back });
  const label =
    kind === "phrase"
      ? pgettext("label of the field on the lock screen", "Your passphrase")
      : pgettext("label of the field on the lock screen", "Your PIN");
  const field = pinField({ id: PIN, label, isPhrase: kind === "phrase" });
  view.find("[data-field]").replaceChildren(field.element);
  onSubmit(view, async () => {
    clearFaults(view.element);
    try {
      await lock.check(field.value);
      if (!view.signal.aborted) proceed();
    } catch (error) {
      field.input.value = "";
      showFaults(view.element, [{ text: problemOf(error), field: PIN }]);
    }
  });
}

/** @param {unknown} error */
function problemOf(error) {
  if (!(error instanceof PinError)) throw error;
  return error.code === "wrong_pin"
    ? gettext("That isn’t it. The words stay hidden.")
    : gettext("It is a little too soon for another try.");
}
