// Starts what the page has: each [data-module="name"] gets components/<name>.js. Small ones come with this
// file; the others are loaded by the pages that have them.
import carryOn from "./components/continue.js";
import hide from "./components/hide.js";
import installCard from "./components/install-card.js";
import installHelp from "./components/install-help.js";
import kindWords from "./components/kind-words.js";
import language, { tellLanguages } from "./components/language.js";
import reading from "./components/reading.js";
import savedMark from "./components/saved-mark.js";
import { keepOffline } from "./components/keep-offline.js";
import { coverInBackground } from "./lib/cover.js";
import { hasEntries, recall } from "./lib/memory.js";
import { loadMessages } from "./lib/messages.js";
import { followSkipLink, startPage } from "./lib/page.js";
import { followRemoval } from "./lib/removal.js";
import { followListening } from "./practice/listening.js";

/**
 * @typedef {(element: HTMLElement, signal: AbortSignal) => void | Promise<void>} Start
 * The signal aborts when the element goes while the app goes on: a listener on anything that stays
 * (document, window, the vault) is tied to it. Words that aren't stored yet: lib/leaving.js.
 */

/** @type {Record<string, Start>} */
const small = {
  continue: carryOn,
  hide,
  "install-card": installCard,
  "install-help": installHelp,
  "kind-words": kindWords,
  language,
  reading,
  "saved-mark": savedMark,
};

/** @type {Record<string, () => Promise<{default: Start}>>} */
const large = {
  appointment: () => import("./components/appointment.js"),
  "backup-settings": () => import("./components/backup-settings.js"),
  begun: () => import("./components/begun.js"),
  discretion: () => import("./components/discretion.js"),
  "do-now": () => import("./components/do-now.js"),
  "keep-everything": () => import("./components/keep-everything.js"),
  "lock-screen": () => import("./components/lock-screen.js"),
  "lock-settings": () => import("./components/lock-settings.js"),
  notes: () => import("./components/notes.js"),
  "own-voice": () => import("./components/own-voice.js"),
  "own-voice-list": () => import("./components/own-voice-list.js"),
  "over-time": () => import("./components/over-time.js"),
  player: () => import("./components/player.js"),
  practice: () => import("./components/practice.js"),
  "practice-note": () => import("./components/practice-note.js"),
  "practice-time": () => import("./components/practice-time.js"),
  programme: () => import("./components/programme.js"),
  "privacy-settings": () => import("./components/privacy-settings.js"),
  "save-recording": () => import("./components/save-recording.js"),
  search: () => import("./components/search.js"),
  settle: () => import("./components/settle.js"),
  "storage-settings": () => import("./components/storage-settings.js"),
  "this-week": () => import("./components/this-week.js"),
  "week-at-home": () => import("./components/week-at-home.js"),
  worksheet: () => import("./components/worksheet.js"),
};

/** A component that not every page has, and its words. @param {string} name */
async function load(name) {
  const [component] = await Promise.all([large[name](), loadMessages(name)]);
  return component.default;
}

/** @param {HTMLElement} element @param {AbortSignal} signal */
async function start(element, signal) {
  const name = element.dataset.module ?? "";
  try {
    const begin = small[name] ?? (await load(name));
    if (signal.aborted) return;
    element.dataset.called = "";
    await begin(element, signal);
    element.dataset.started = "";
    pressAgain(element);
  } catch (error) {
    // One broken component must not take the others with it.
    console.error(`component "${name}" did not start`, error);
    element.dataset.broken = "";
  }
}

/** What was pressed last, if nothing listened yet (theme.js). @param {HTMLElement} element */
function pressAgain(element) {
  const button = element.querySelector("[data-pressed]");
  if (!(button instanceof HTMLElement) || button.closest("[data-module]") !== element) return;
  delete button.dataset.pressed;
  button.click();
}

/** @param {ParentNode} part @returns {NodeListOf<HTMLElement>} */
const modulesIn = (part) => part.querySelectorAll("[data-module]");

/** @param {ParentNode} part @param {AbortSignal} signal */
async function startAll(part, signal) {
  const elements = modulesIn(part);
  // nhsuk's markup names modules of its own; none of those in use needs a script.
  const names = new Set([...Object.keys(small), ...Object.keys(large)]);
  const ours = Array.from(elements).filter(({ dataset }) => names.has(dataset.module ?? ""));
  await Promise.all(ours.map((element) => start(element, signal)));
}

async function main() {
  coverInBackground();
  followSkipLink();
  followRemoval();
  followListening();
  tellLanguages();
  document.addEventListener("lock-opened", () => void openEntries().catch(() => {}));
  // All at once: each is a way to the server and back.
  for (const { dataset } of modulesIn(document)) {
    if ((dataset.module ?? "") in large) loadMessages(dataset.module);
  }
  await loadMessages();
  const forever = new AbortController().signal;
  for (const part of document.querySelectorAll("header")) await startAll(part, forever);
  // Before anything that was written is asked for.
  if (isLocked()) await watch();
  const started = startPage(startAll);
  // Parts that wait for a PIN may wait for ever.
  if (!isLocked()) await started;
  // The rest waits until the page is readable: nothing of it is needed for reading.
  await keepOffline();
  if (!isLocked()) await openEntries();
}

/** What waits for the server is backed up from whichever page is opened next; with a lock, once it is open. */
async function openEntries() {
  if (hasEntries()) await (await import("./lib/vault.js")).vault();
}

/** Whether a PIN is set on this phone, as far as can be told without looking. */
const isLocked = () => recall("lock") !== null;

async function watch() {
  try {
    await (await import("./lock/guard.js")).guard().begin();
  } catch (error) {
    // What was written stays shut by itself; the rest of the app goes on.
    console.error("the lock was not watched over", error);
  }
}

main();
