// Removing everything from this phone, with what that means said truthfully before.
import { clearFaults, showFaults } from "../lib/forms.js";
import { say } from "../lib/dom.js";
import { recall } from "../lib/memory.js";
import { gettext, ngettext } from "../lib/messages.js";
import { backup as openBackup } from "../lib/vault.js";
import { removeEverything } from "../notes/remove-everything.js";

/** @type {import("../main.js").Start} */
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
  await tellAboutBackup(section, signal);
}

/** @param {HTMLElement} section @param {AbortSignal} signal */
async function tellAboutBackup(section, signal) {
  if (isLocked()) tell(section, (await (await guard()).lock.state()).backup, 0);
  const backup = await openBackup();
  const stop = backup.onStatus(({ enabled, pending }) => tell(section, enabled, pending));
  signal.addEventListener("abort", stop);
}

/** A closed lock keeps what was written, not whether there is a backup: who forgot the PIN has to know. */
const isLocked = () => recall("lock") !== null;
const guard = async () => (await import("../lock/guard.js")).guard();

/** @param {HTMLElement} section @param {boolean} enabled @param {number} pending */
function tell(section, enabled, pending) {
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
    console.error("not everything was removed", error);
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
