// Deletes notes and offers "Undo". One tap brings back every note that was deleted in the last moments.
import { toast } from "../platform/dom.js";
import { gettext, ngettext, pgettext } from "../platform/i18n.js";

/** @import { Undo, Vault } from "../data/entries.js" */

/** "Undo" is offered until this long before the note is really deleted, because undoing takes time too. In ms. */
const MARGIN = 500;

export class DeletedNotes {
  #vault;
  /** Deletions that can still be undone. @type {Undo[]} */
  #recent = [];

  /** @param {Vault} vault */
  constructor(vault) {
    this.#vault = vault;
  }

  /**
   * Delete a note and show a message with an "Undo" button.
   *
   * @param {string} id
   * @param {(ids: string[]) => void} cameBack called with the ids of the notes that "Undo" brought back
   */
  async remove(id, cameBack) {
    const undo = await this.#vault.remove(id);
    const now = Date.now();
    this.#recent = [...this.#recent.filter(({ until }) => until - MARGIN > now), undo];
    const recent = this.#recent;
    const seconds = Math.max(1, (undo.until - now - MARGIN) / 1000);
    const act = () => this.#undo(recent, cameBack);
    toast(deletedMessage(recent.length), { label: pgettext("button", "Undo"), act }, seconds);
  }

  /** @param {Undo[]} recent @param {(ids: string[]) => void} cameBack */
  async #undo(recent, cameBack) {
    const results = await Promise.all(recent.map((undo) => this.#vault.undo(undo)));
    this.#recent = [];
    const ids = recent.filter((_, index) => results[index]).map(({ id }) => id);
    toast(
      ids.length
        ? pgettext("short message after undoing a deletion", "Brought back.")
        : gettext("It was too late to bring it back."),
    );
    if (ids.length) cameBack(ids);
  }
}

/** @param {number} count */
function deletedMessage(count) {
  if (count === 1) return pgettext("short message", "Deleted.");
  return ngettext("%(num)s note deleted.", "%(num)s notes deleted.", count);
}
