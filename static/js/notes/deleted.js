// Deleting with undo: everything deleted within the last moments comes back by one tap.
import { toast } from "../lib/dom.js";
import { gettext, ngettext, pgettext } from "../lib/messages.js";

/** @import { Undo, Vault } from "../data/entries.js" */

/** Answering takes a moment, too. */
const MARGIN = 500;

export class Deleted {
  #vault;
  /** @type {Undo[]} */
  #recent = [];

  /** @param {Vault} vault */
  constructor(vault) {
    this.#vault = vault;
  }

  /**
   * @param {string} id
   * @param {(ids: string[]) => void} cameBack
   */
  async remove(id, cameBack) {
    const undo = await this.#vault.remove(id);
    const now = Date.now();
    this.#recent = [...this.#recent.filter(({ until }) => until - MARGIN > now), undo];
    const recent = this.#recent;
    const seconds = Math.max(1, (undo.until - now - MARGIN) / 1000);
    const act = () => this.#undo(recent, cameBack);
    toast(deleted(recent.length), { label: pgettext("button", "Undo"), act }, seconds);
  }

  /** @param {Undo[]} recent @param {(ids: string[]) => void} cameBack */
  async #undo(recent, cameBack) {
    const back = await Promise.all(recent.map((undo) => this.#vault.undo(undo)));
    this.#recent = [];
    const ids = recent.filter((_, index) => back[index]).map(({ id }) => id);
    toast(
      ids.length
        ? pgettext("short message after undoing a deletion", "Brought back.")
        : gettext("It was too late to bring it back."),
    );
    if (ids.length) cameBack(ids);
  }
}

/** @param {number} count */
function deleted(count) {
  if (count === 1) return pgettext("short message", "Deleted.");
  return ngettext("%(num)s note deleted.", "%(num)s notes deleted.", count);
}
