// Asks before the notes on this phone are added to the backup of words that were typed or scanned. The words may be
// somebody else's.
import { say } from "../../platform/dom.js";
import { gettext, ngettext } from "../../platform/i18n.js";
import { onSubmit } from "../../platform/template-views.js";
import { bringBack, countOf } from "./restore-screen.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */

/**
 * Show the screen.
 * @param {ScreenContext} context
 * @param {{phrase: string}} options the words, as typed or scanned
 */
export async function join(context, { phrase }) {
  const { entries } = await context.vault.list();
  const view = context.views.show("join", { back: () => context.go("restore") });
  say(view.find("[data-count]"), whatIsAdded(countOf(entries).notes));
  onSubmit(view, () => bringBack(context, phrase, { join: true }));
}

/** @param {number} notes */
const whatIsAdded = (notes) =>
  notes
    ? ngettext(
        "%(num)s note on this phone would be added to the backup of these words.",
        "%(num)s notes on this phone would be added to the backup of these words.",
        notes,
      )
    : gettext("What you have chosen on this phone would be added to the backup of these words.");
