// Bringing notes back: the words typed, or scanned from another phone.
import { gettext, ngettext } from "../../lib/messages.js";
import { say } from "../../lib/dom.js";
import { CHOICES } from "../../notes/rows.js";
import { rememberWords } from "../checked.js";
import { showFaults } from "../../lib/forms.js";
import { explain, PHRASE } from "../problems.js";
import { onSubmit } from "../../lib/stage.js";
import { nearestWord } from "../suggest.js";

/** @import { Desk } from "../../components/backup-settings.js" */
/** @import { Fault } from "../../lib/forms.js" */

/**
 * @param {Desk} desk
 * @param {{phrase?: string, fault?: Fault}} [options]
 */
export async function restore(desk, { phrase = "", fault } = {}) {
  const view = desk.stage.show("restore", {
    scan: () => desk.go("scan"),
    back: () => desk.go("off"),
  });
  const field = /** @type {HTMLTextAreaElement} */ (view.find(`#${PHRASE}`));
  field.value = phrase;
  addEventListener("pagehide", () => (field.value = ""), { signal: view.signal });
  onSubmit(view, () => bringBack(desk, field.value));
  if (fault) showFaults(view.element, [fault]);
  const { entries } = await desk.vault.list();
  view.find("[data-has-notes]").hidden = !entries.length;
}

/**
 * @param {Desk} desk
 * @param {string} phrase
 * @param {(error: any) => boolean} [refused] has its own way with an error
 */
export async function bringBack(desk, phrase, refused = () => false) {
  const working = desk.stage.show("working");
  say(working.find("[data-working]"), gettext("Bringing back your notes…"));
  const before = await ids(desk);
  const stop = desk.vault.onChange(async () => {
    const { notes } = await arrivedSince(desk, before);
    if (notes) say(working.find("[data-progress]"), arrived(notes));
  });
  try {
    const { complete } = await desk.backup.restore(phrase);
    rememberWords("checked");
    const come = await arrivedSince(desk, before);
    // Another tab may be the one that fetches: then not all of them are here yet.
    const all = complete && desk.backup.status.lastBackedUp !== null;
    desk.go("on", { notice: all ? outcome(come) : notYet() });
  } catch (error) {
    if (!refused(error)) desk.go("restore", { phrase, fault: await explainPhrase(error) });
  } finally {
    stop();
  }
}

/** @param {Desk} desk */
async function ids(desk) {
  const { entries } = await desk.vault.list();
  return entries.map(({ id }) => id);
}

/** What a reader calls a note, and what they chose. @param {Desk} desk @param {string[]} before ids */
async function arrivedSince(desk, before) {
  const { entries } = await desk.vault.list();
  const come = entries.filter(({ id }) => !before.includes(id));
  const notes = come.filter(({ kind }) => !CHOICES.has(kind)).length;
  return { notes, choices: come.length - notes };
}

/** @param {number} come */
const arrived = (come) => ngettext("%(num)s note is back.", "%(num)s notes are back.", come);

/** @param {{notes: number, choices: number}} come */
function outcome({ notes, choices }) {
  if (notes) return arrived(notes);
  if (choices)
    return gettext("What you had chosen is back. There are no notes in this backup yet.");
  return gettext("The words are right, and there is nothing in this backup yet.");
}

const notYet = () =>
  gettext("The words are right. Your notes come over as soon as the server answers.");

/** @param {any} error */
async function explainPhrase(error) {
  if (error.code !== "unknown_word") return explain(error);
  const { wordlist } = await import("@scure/bip39/wordlists/english.js");
  const { code, word, position } = error;
  return explain({ code, word, position, suggestion: nearestWord(word, wordlist) });
}
