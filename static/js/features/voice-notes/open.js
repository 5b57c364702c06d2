// Opens the recordings of the reader's own voice. Import this module only when needed: it loads the cryptography
// code too.
import { Letters } from "../../data/voice-notes.js";
import { vault } from "../../session/vault.js";

/** @import { Vault } from "../../data/entries.js" */

/** @type {{entries: Vault, letters: Letters} | undefined} */
let opened;

/**
 * Return the letters of the vault that is open now. After a lock there is a new vault: the earlier one has dropped
 * its keys, so its letters are closed.
 * @returns {Promise<Letters>}
 * @throws {import("../../data/errors.js").StorageLostError}
 */
export async function openLetters() {
  const entries = await vault();
  if (opened?.entries !== entries) {
    opened?.letters.close();
    opened = { entries, letters: new Letters(entries) };
  }
  return opened.letters;
}
