// Builds the rows of a list of voice notes.
import { href, say } from "../../platform/dom.js";
import { factsOf, nameOf } from "./texts.js";

/** @import { VoiceNote } from "../../data/voice-notes.js" */

/** The page of voice notes, below the language. Bookmarks have this address, so it must not change. */
const PAGE = "recordings/my-letter";

/**
 * Return a row for each voice note.
 * @param {ParentNode} page contains the template of a row
 * @param {VoiceNote[]} voiceNotes
 * @returns {HTMLElement[]}
 */
export function rowsOf(page, voiceNotes) {
  const template = /** @type {HTMLTemplateElement} */ (page.querySelector("template[data-row]"));
  return voiceNotes.map((voiceNote) => {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const row = /** @type {HTMLElement} */ (copy.firstElementChild);
    row.querySelector("a")?.setAttribute("href", `${href(PAGE)}#${voiceNote.id}`);
    tell(row, voiceNote);
    return row;
  });
}

/**
 * Fill in a voice note's name and facts, if the part has elements for them.
 * @param {HTMLElement} part
 * @param {VoiceNote} voiceNote
 */
export function tell(part, voiceNote) {
  const name = part.querySelector("[data-name]");
  if (name) name.textContent = nameOf(voiceNote);
  const facts = part.querySelector("[data-facts]");
  if (facts) say(facts, factsOf(voiceNote));
}
