// The way to what was recorded here. Import it when it is needed: it brings the cryptography with it.
import { Letters } from "../data/letters.js";
import { vault } from "../lib/vault.js";

/** @import { Vault } from "../data/entries.js" */

/** @type {{entries: Vault, letters: Letters} | undefined} */
let opened;

/**
 * @returns {Promise<Letters>} of the vault that is open now: a locked one has let go of its keys
 * @throws {import("../data/errors.js").StorageLostError}
 */
export async function openLetters() {
  const entries = await vault();
  if (opened?.entries !== entries) {
    opened?.letters.close();
    opened = { entries, letters: new Letters(entries) };
  }
  return opened.letters;
}
