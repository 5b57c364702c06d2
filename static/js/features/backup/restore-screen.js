// The screen for restoring notes from the backup, with the words typed or scanned from another phone.
import { gettext, ngettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { CHOICES } from "../../answers/rows.js";
import { rememberWords } from "./checked.js";
import { showFaults } from "../../platform/forms.js";
import { explain, PHRASE } from "../../session/problems.js";
import { onSubmit } from "../../platform/template-views.js";
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
 * @param {(error: any) => boolean} [isHandled] handles an error in its own way, or returns false
 */
export async function bringBack(context, phrase, isHandled = () => false) {
  const working = context.views.show("working");
  say(working.find("[data-working]"), gettext("Bringing back your notes…"));
  const before = await ids(context);
  const stop = context.vault.onChange(async () => {
    const { notes } = await restoredSince(context, before);
    if (notes) say(working.find("[data-progress]"), notesAreBack(notes));
  });
  try {
    const { complete } = await context.backup.restore(phrase);
    rememberWords("checked");
    const restored = await restoredSince(context, before);
    // Another tab may be the one that syncs. Then not all notes are here yet.
    const isComplete = complete && context.backup.status.lastBackedUp !== null;
    context.go("on", { notice: isComplete ? outcome(restored) : notYet() });
  } catch (error) {
    if (!isHandled(error)) context.go("restore", { phrase, fault: await explainPhrase(error) });
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
  const added = entries.filter(({ id }) => !before.includes(id));
  const notes = added.filter(({ kind }) => !CHOICES.has(kind)).length;
  return { notes, choices: added.length - notes };
}

/** @param {number} notes */
const notesAreBack = (notes) => ngettext("%(num)s note is back.", "%(num)s notes are back.", notes);

/** Return what to tell the reader after restoring. @param {{notes: number, choices: number}} restored */
function outcome({ notes, choices }) {
  if (notes) return notesAreBack(notes);
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
