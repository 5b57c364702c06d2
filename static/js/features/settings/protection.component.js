// A line of the settings that says whether the lock or the backup is on. The page comes with the words for "off". The
// line is shown when it is known which words are true (.awaited), and follows every change.
import { ago, past } from "../../platform/dates.js";
import { say } from "../../platform/dom.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { hasEntries, recall } from "../../platform/storage.js";

/** @import { Status } from "../../data/backup-status.js" */

/** "2 hours ago" changes while somebody looks. In ms. */
const MINUTE = 60_000;

/** @type {import("../../platform/page.js").Start} */
export default async function start(line, signal) {
  const off = line.textContent ?? "";
  /** @type {Promise<() => Promise<unknown>> | undefined} */
  let following;
  const look = async () => {
    // The cryptography isn't loaded where there is nothing to protect yet.
    const isUsed = hasEntries() || recall("lock") !== null || recall("backup") !== null;
    if (!isUsed) return void say(line, off);
    if (line.dataset.of === "lock") return showLock(line, off);
    following ??= followBackup(line, off, signal);
    await (
      await following
    )();
  };
  // Another tab has changed the lock or the backup, or the page comes back as it was left.
  const isOurs = (/** @type {string | null} */ key) => key === "lock" || key === "backup";
  addEventListener("storage", ({ key }) => isOurs(key) && void look(), { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && void look(), { signal });
  await look();
}

/** @param {HTMLElement} line @param {string} off */
async function showLock(line, off) {
  const { kind } = await (await lockManager()).lock.state();
  const withPassphrase = pgettext("state of the lock", "On, with a passphrase");
  const withPin = pgettext("state of the lock", "On, with a PIN");
  say(line, kind === null ? off : kind === "digits" ? withPin : withPassphrase);
}

/**
 * Return a function that shows the state of backup.
 * @param {HTMLElement} line
 * @param {string} off
 * @param {AbortSignal} signal
 */
async function followBackup(line, off, signal) {
  const [{ onBackup, vault }, manager] = await Promise.all([
    import("../../session/vault.js"),
    lockManager(),
  ]);
  /** @type {Status | undefined} */
  let latest;
  const draw = () => latest && say(line, latest.enabled ? backupWords(latest) : off);
  const stop = onBackup((status) => {
    latest = status;
    draw();
  });
  const timer = setInterval(draw, MINUTE);
  signal.addEventListener("abort", () => {
    stop();
    clearInterval(timer);
  });
  return async () => {
    const { backup, kind } = await manager.lock.state();
    if (latest?.enabled === backup) return draw();
    latest = undefined;
    say(line, backup ? pgettext("state of the backup", "On") : off);
    // A closed lock hides how far the backup has come. These pages don't ask for the PIN.
    if (backup && (kind === null || !manager.isClosed)) await vault();
  };
}

const lockManager = async () => (await import("../../session/lock-manager.js")).lockManager();

/** @param {Status} status of a backup that is on */
function backupWords({ lastBackedUp, pending }) {
  if (pending)
    return ngettext(
      "On. %(num)s note isn’t backed up yet.",
      "On. %(num)s notes aren’t backed up yet.",
      pending,
    );
  if (lastBackedUp === null) return pgettext("state of the backup", "On");
  return gettext("On, last backed up %(when)s", { when: ago(past(lastBackedUp)) });
}
