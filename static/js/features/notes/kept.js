// Tells where each note is kept: backed up, or only on this phone.
import { reportFailure } from "../../platform/reopening.js";
import { backup as openBackup, onBackup } from "../../session/vault.js";

/** @import { Backup } from "../../data/backup.js" */
/** @import { Status } from "../../data/backup-status.js" */
/** @import { Kept } from "../../answers/rows.js" */

/**
 * Ask where the notes are kept. The code for backup is loaded only if backup is on.
 *
 * @param {(keptAt: (id: string) => Kept) => void} onAnswer called with a function that tells where a note is kept;
 *   called again whenever its answers may have changed
 * @param {AbortSignal} signal of the page
 * @param {(status: Status) => void} [onStatus] called at every change of the backup
 */
export function askBackup(onAnswer, signal, onStatus = () => {}) {
  const stop = onBackup(async (status) => {
    onStatus(status);
    if (!status.enabled) return onAnswer(() => "phone");
    try {
      const backup = await openBackup();
      onAnswer((id) => placeIn(backup, id));
    } catch (error) {
      reportFailure("backup did not open", error);
      onAnswer(() => "phone");
    }
  });
  signal.addEventListener("abort", stop);
}

/** @param {Backup} backup @param {string} id of a note @returns {Kept} */
function placeIn({ status, pendingIds }, id) {
  if (status.enabled && !pendingIds.has(id)) return "server";
  return status.tooLarge.includes(id) ? "long" : "phone";
}
