// The screen for restoring notes from the backup, with the words typed or scanned from another phone.
import { gettext, ngettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { codeOf } from "../../platform/errors.js";
import { CHOICES } from "../../answers/rows.js";
import { rememberWords } from "./checked.js";
import { showFaults } from "../../platform/forms.js";
import { explain, PHRASE } from "../../session/problems.js";
import { onSubmit } from "../../platform/template-views.js";
import { incomplete } from "./status-line.js";
import { nearestWord } from "./suggest.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */
/** @import { Fault } from "../../platform/forms.js" */

/**
 * Show the screen.
 * @param {ScreenContext} context
 * @param {{phrase?: string, fault?: Fault}} [options] `phrase`: the words that the reader typed before the fault
 */
export async function restore(context, { phrase = "", fault } = {}) {
  const view = context.views.show("restore", {
    scan: () => context.go("scan"),
    back: () => context.go("off"),
  });
  const field = /** @type {HTMLTextAreaElement} */ (view.find(`#${PHRASE}`));
  field.value = phrase;
  addEventListener("pagehide", () => (field.value = ""), { signal: view.signal });
  onSubmit(view, () => bringBack(context, field.value));
  if (fault) showFaults(view.element, [fault]);
  const { entries } = await context.vault.list();
  view.find("[data-has-notes]").hidden = !entries.length;
}

/**
 * Restore the notes, then show the next screen.
 * @param {ScreenContext} context
 * @param {string} phrase the words, as typed or scanned
 * @param {{join?: boolean, isHandled?: (error: any) => boolean}} [options] `join`: the reader has agreed to add the
 *   notes on this phone; `isHandled` handles an error in its own way, or returns false
 */
export async function bringBack(context, phrase, { join = false, isHandled = () => false } = {}) {
  const working = context.views.show("working");
  say(working.find("[data-working]"), gettext("Bringing back your notes…"));
  let stop = () => {};
  try {
    const before = await ids(context);
    stop = context.vault.onChange(async () => {
      const { notes } = await restoredSince(context, before);
      if (notes) say(working.find("[data-progress]"), notesAreBack(notes));
    });
    const { complete } = await context.backup.restore(phrase, { join });
    rememberWords("checked");
    const restored = await restoredSince(context, before);
    const lacks = incomplete(context.backup.status);
    context.go("on", {
      notice: [complete ? outcome(restored, lacks.length > 0) : notYet(), ...lacks].join(" "),
      tone: lacks.length ? "warn" : "ok",
    });
  } catch (error) {
    if (codeOf(error) === "joining") context.go("join", { phrase });
    else if (!isHandled(error))
      context.go("restore", { phrase, fault: await explainPhrase(error) });
  } finally {
    stop();
  }
}

/** Return the ids of all entries. @param {ScreenContext} context */
async function ids(context) {
  const { entries } = await context.vault.list();
  return entries.map(({ id }) => id);
}

/**
 * Count the new entries: notes, and choices that the reader made in the app.
 * @param {ScreenContext} context
 * @param {string[]} before the ids of the entries that were here before
 */
async function restoredSince(context, before) {
  const { entries } = await context.vault.list();
  return countOf(entries.filter(({ id }) => !before.includes(id)));
}

/** Count the notes among entries, and the choices. @param {{kind: string}[]} entries */
export function countOf(entries) {
  const notes = entries.filter(({ kind }) => !CHOICES.has(kind)).length;
  return { notes, choices: entries.length - notes };
}

/** @param {number} notes */
const notesAreBack = (notes) => ngettext("%(num)s note is back.", "%(num)s notes are back.", notes);

/**
 * Return what to tell the reader after restoring.
 * @param {{notes: number, choices: number}} restored
 * @param {boolean} isLacking whether there is more in the backup than could be brought back
 */
function outcome({ notes, choices }, isLacking) {
  if (notes || isLacking) return notesAreBack(notes);
  if (choices)
    return gettext("What you had chosen is back. There are no notes in this backup yet.");
  return gettext("The words are right, and there is nothing in this backup yet.");
}

const notYet = () =>
  gettext("The words are right. Your notes come over as soon as the server answers.");

/** Explain an error. For an unknown word, suggest the nearest one. @param {any} error */
async function explainPhrase(error) {
  if (error.code !== "unknown_word") return explain(error);
  const { wordlist } = await import("@scure/bip39/wordlists/english.js");
  const { code, word, position } = error;
  return explain({ code, word, position, suggestion: nearestWord(word, wordlist) });
}
