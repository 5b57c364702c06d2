// Shows the chosen notes over the whole screen, one at a time, for reading together. Template: pages/appointment.html.
import { say } from "../../platform/dom.js";
import { gettext, number } from "../../platform/i18n.js";
import { stayAwake } from "../../platform/wake-lock.js";
import { noteView } from "./note-view.js";

/** @import { ReadingNote } from "./reading-view.js" */

/**
 * Open the dialog with the first note.
 *
 * @param {HTMLElement} element the dialog
 * @param {ReadingNote[]} notes at least one
 * @param {AbortSignal} signal of the page: closes the dialog
 */
export function showNotes(element, notes, signal) {
  const dialog = /** @type {HTMLDialogElement} */ (element);
  const closing = new AbortController();
  const until = { signal: closing.signal };
  const body = part(dialog, "[data-body]");
  let at = 0;

  const draw = () => {
    const view = noteView(notes[at]);
    body.replaceChildren(view);
    body.scrollTop = 0;
    const place = { num: number(at + 1), count: number(notes.length) };
    say(part(dialog, "[data-place]"), gettext("%(num)s of %(count)s", place));
    for (const button of buttonsOf(dialog)) {
      const to = at + Number(button.dataset.go);
      button.hidden = notes.length < 2;
      // At either end, the button does nothing. It stays visible, so that it can keep the focus.
      button.ariaDisabled = notes[to] ? null : "true";
    }
  };
  /** @param {number} by */
  const go = (by) => {
    if (!notes[at + by]) return;
    at += by;
    draw();
    body.querySelector("h2")?.focus();
  };

  for (const button of buttonsOf(dialog)) {
    button.addEventListener("click", () => go(Number(button.dataset.go)), until);
  }
  part(dialog, "[data-leave]").addEventListener("click", () => dialog.close(), until);
  // The button in the header that hides the page can't be reached behind the dialog.
  const hideButton = /** @type {HTMLElement | null} */ (
    document.querySelector("[data-module=hide]")
  );
  part(dialog, "[data-hide]").addEventListener("click", () => hideButton?.click(), until);
  dialog.addEventListener(
    "keydown",
    ({ key }) => {
      const by = { ArrowRight: forward(), ArrowLeft: -forward() }[key];
      if (by) go(by);
    },
    until,
  );
  // The first Escape only ends the browser's full screen. Close the dialog as well, so that one Escape is enough.
  const closeAfterFullscreen = () => void (document.fullscreenElement ?? dialog.close());
  dialog.addEventListener(
    "close",
    () => {
      closing.abort();
      body.replaceChildren();
      void stayAwake(false, "appointment");
      leaveFullScreen();
    },
    { once: true },
  );
  signal.addEventListener("abort", () => dialog.close(), until);

  draw();
  dialog.showModal();
  body.querySelector("h2")?.focus();
  void stayAwake(true, "appointment");
  void enterFullScreen(closing.signal, closeAfterFullscreen);
}

/** Resolves when the browser has left full screen. If it is entered before that, the reader is thrown out of it. */
let left = Promise.resolve();

/**
 * Enter full screen until the dialog is closed. Not every phone has it. The dialog covers the page anyway.
 * @param {AbortSignal} signal of the dialog
 * @param {() => void} onChange is called when full screen begins or ends
 */
async function enterFullScreen(signal, onChange) {
  await left;
  if (signal.aborted) return;
  try {
    await document.documentElement.requestFullscreen?.({ navigationUI: "hide" });
  } catch {
    return;
  }
  if (signal.aborted) leaveFullScreen();
  else document.addEventListener("fullscreenchange", onChange, { signal });
}

function leaveFullScreen() {
  if (document.fullscreenElement) left = document.exitFullscreen().catch(() => {});
}

/** Return how many notes the right arrow key moves on: 1, or -1 in languages written from right to left. */
const forward = () => (document.documentElement.dir === "rtl" ? -1 : 1);

/** @param {HTMLElement} dialog @returns {NodeListOf<HTMLButtonElement>} */
const buttonsOf = (dialog) => dialog.querySelectorAll("[data-go]");

/** @param {HTMLElement} dialog @param {string} selector @returns {HTMLElement} */
function part(dialog, selector) {
  return /** @type {HTMLElement} */ (dialog.querySelector(selector));
}
