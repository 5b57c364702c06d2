// Opens the voice notes. Import this module only when needed: it loads the cryptography code too.
import { VoiceNotes } from "../../data/voice-notes.js";
import { vault } from "../../session/vault.js";

/** @import { Vault } from "../../data/entries.js" */

/** @type {{entries: Vault, voiceNotes: VoiceNotes} | undefined} */
let opened;

/**
 * Return the voice notes of the vault that is open now. After a lock there is a new vault: the earlier one has dropped
 * its keys, so its voice notes are closed.
 * @returns {Promise<VoiceNotes>}
 * @throws {import("../../data/errors.js").StorageLostError}
 */
export async function openVoiceNotes() {
  const entries = await vault();
  if (opened?.entries !== entries) {
    opened?.voiceNotes.close();
    opened = { entries, voiceNotes: new VoiceNotes(entries) };
  }
  return opened.voiceNotes;
}
