// Removing everything from this phone. The page first says truthfully what that means.
import { reportFailure } from "../../platform/reopening.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { say } from "../../platform/dom.js";
import { recall } from "../../platform/storage.js";
import { gettext, ngettext } from "../../platform/i18n.js";
import { backup as openBackup } from "../../session/vault.js";
import { removeEverything } from "./remove-everything.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(section, signal) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const box = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    clearFaults(form);
    if (!box.checked) {
      const text = gettext("Tick the box to show that you understand.");
      return showFaults(form, [{ text, field: box.id }]);
    }
    busy = true;
    await remove(section, form);
    busy = false;
  });
  // Even if the state of the backup can't be read, everything can be removed.
  await followBackup(section, signal).catch((error) => reportFailure("no backup state", error));
}

/**
 * Show what the state of the backup is, now and whenever it changes.
 * @param {HTMLElement} section
 * @param {AbortSignal} signal
 */
async function followBackup(section, signal) {
  if (isLocked()) showBackup(section, (await (await lockManager()).lock.state()).backup, 0);
  const backup = await openBackup();
  const stop = backup.onStatus(({ enabled, pending }) => showBackup(section, enabled, pending));
  signal.addEventListener("abort", stop);
}

/**
 * Whether a PIN is set. Opening the backup then waits for the PIN. People who forgot it must still know whether there
 * is a backup, and the state of the lock says so without the PIN.
 */
const isLocked = () => recall("lock") !== null;
const lockManager = async () => (await import("../../session/lock-manager.js")).lockManager();

/**
 * Show the parts for people with backup or without it, and how many notes are not backed up yet.
 * @param {HTMLElement} section
 * @param {boolean} enabled
 * @param {number} pending
 */
function showBackup(section, enabled, pending) {
  for (const part of section.querySelectorAll("[data-backup]")) {
    if (part instanceof HTMLElement) part.hidden = (part.dataset.backup === "on") !== enabled;
  }
  const waiting = /** @type {HTMLElement} */ (section.querySelector("[data-waiting]"));
  waiting.hidden = !pending;
  if (pending) say(waiting, notBackedUp(pending));
}

/** @param {number} pending */
function notBackedUp(pending) {
  return ngettext(
    "%(num)s note is not backed up yet. It would be gone for good.",
    "%(num)s notes are not backed up yet. They would be gone for good.",
    pending,
  );
}

/** @param {HTMLElement} section @param {HTMLFormElement} form */
async function remove(section, form) {
  const template = section.querySelector('template[data-part="removed"]');
  try {
    await removeEverything();
  } catch (error) {
    reportFailure("not everything was removed", error);
    const text = gettext(
      "Not everything could be removed. Close all other pages of this app and try again.",
    );
    return showFaults(form, [{ text }]);
  }
  const main = document.querySelector("main");
  main?.replaceChildren(/** @type {HTMLTemplateElement} */ (template).content.cloneNode(true));
  if (document.documentElement.dataset.discreet === undefined) {
    document.title = section.dataset.name ?? "";
  }
  main?.querySelector("h1")?.focus();
}
