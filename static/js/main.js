// Starts the page's components: each [data-module="name"] is started by components/<name>.js. The bundle of this file
// contains the small components. The others are loaded only on the pages that have them.
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
 * Starts a component. The signal aborts when the element is removed without leaving the document. Use it to end every
 * listener on an object that stays (document, window, the vault). For unsaved words, see lib/leaving.js.
 */

/** @type {Record<string, Start>} */
const bundled = {
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
const lazy = {
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

/** Load a component and its translations. @param {string} name */
async function load(name) {
  const [component] = await Promise.all([lazy[name](), loadMessages(name)]);
  return component.default;
}

/** Start the component of an element. @param {HTMLElement} element @param {AbortSignal} signal */
async function start(element, signal) {
  const name = element.dataset.module ?? "";
  try {
    const begin = bundled[name] ?? (await load(name));
    if (signal.aborted) return;
    element.dataset.called = "";
    await begin(element, signal);
    element.dataset.started = "";
    pressAgain(element);
  } catch (error) {
    // One broken component must not stop the others.
    console.error(`component "${name}" did not start`, error);
    element.dataset.broken = "";
  }
}

/**
 * Click the button that the reader pressed before the component was ready (theme.js).
 * @param {HTMLElement} element
 */
function pressAgain(element) {
  const button = element.querySelector("[data-pressed]");
  if (!(button instanceof HTMLElement) || button.closest("[data-module]") !== element) return;
  delete button.dataset.pressed;
  button.click();
}

/** @param {ParentNode} part @returns {NodeListOf<HTMLElement>} */
const modulesIn = (part) => part.querySelectorAll("[data-module]");

/** Start all components in a part of the page. @param {ParentNode} part @param {AbortSignal} signal */
async function startAll(part, signal) {
  const elements = modulesIn(part);
  // nhsuk's markup has modules of its own. None of those that this app uses needs a script.
  const names = new Set([...Object.keys(bundled), ...Object.keys(lazy)]);
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
  // Request all translations at once, because each takes a round trip to the server.
  for (const { dataset } of modulesIn(document)) {
    if ((dataset.module ?? "") in lazy) loadMessages(dataset.module);
  }
  await loadMessages();
  const forever = new AbortController().signal;
  for (const part of document.querySelectorAll("header")) await startAll(part, forever);
  // Start the guard before any component opens the vault.
  if (isLocked()) await watch();
  const started = startPage(startAll);
  // Don't wait for components that wait for the PIN: the reader may never type it.
  if (!isLocked()) await started;
  // Do the rest when the page is readable, because reading needs none of it.
  await keepOffline();
  if (!isLocked()) await openEntries();
}

/** Open the vault on every page, so that pending entries are backed up. If there is a lock, wait until it is open. */
async function openEntries() {
  if (hasEntries()) await (await import("./lib/vault.js")).vault();
}

/** Return whether a PIN is set on this phone. This is a hint: it doesn't open the database. */
const isLocked = () => recall("lock") !== null;

/** Start the guard of the lock. */
async function watch() {
  try {
    await (await import("./lock/guard.js")).guard().begin();
  } catch (error) {
    // The entries stay locked without the guard. The rest of the app goes on.
    console.error("the lock did not start", error);
  }
}

main();
