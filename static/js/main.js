// Starts the page's components: each [data-module="name"] is started by features/<feature>/<name>.component.js. The
// bundle of this file contains the small components. The others are loaded only on the pages that have them.
import carryOn from "./features/worksheet/continue.component.js";
import hide from "./features/settings/hide.component.js";
import readingPanel from "./features/reading/reading-panel.component.js";
import installCard from "./features/install/install-card.component.js";
import kindWords from "./features/help/kind-words.component.js";
import language, { tellLanguages } from "./features/settings/language.component.js";
import savedMark from "./features/player/saved-mark.component.js";
import { keepOffline } from "./features/downloads/keep-offline.component.js";
import { followBar } from "./platform/bar.js";
import { coverInBackground } from "./platform/cover.js";
import { hasEntries, recall } from "./platform/storage.js";
import { loadMessages } from "./platform/i18n.js";
import { once } from "./platform/once.js";
import { followHistory, followSkipLink, startPage } from "./platform/page.js";
import { reportFailure, watchForMissingScripts } from "./platform/reopening.js";
import { followRemoval } from "./session/removal.js";
import { takeCarried } from "./audio/carried-sound.js";
import { followListening } from "./features/practice/listening-session.js";

/** @import { Start } from "./platform/page.js" */

/** @type {Record<string, Start>} */
const bundled = {
  continue: carryOn,
  hide,
  "install-card": installCard,
  "kind-words": kindWords,
  language,
  "reading-panel": readingPanel,
  "saved-mark": savedMark,
};

/** @type {Record<string, () => Promise<{default: Start}>>} */
const lazy = {
  aids: () => import("./features/aids/aids.component.js"),
  aloud: () => import("./features/aloud/aloud.component.js"),
  appointment: () => import("./features/notes/appointment.component.js"),
  "backup-settings": () => import("./features/backup/backup-settings.component.js"),
  begun: () => import("./features/worksheet/begun.component.js"),
  discretion: () => import("./features/settings/discretion.component.js"),
  "do-now": () => import("./features/player/do-now.component.js"),
  "easy-words": () => import("./features/reading/easy-words.component.js"),
  "install-help": () => import("./features/install/install-help.component.js"),
  "keep-everything": () => import("./features/downloads/keep-everything.component.js"),
  "lock-screen": () => import("./features/lock/lock-screen.component.js"),
  "lock-settings": () => import("./features/lock/lock-settings.component.js"),
  note: () => import("./features/notes/note.component.js"),
  notes: () => import("./features/notes/notes.component.js"),
  "over-time": () => import("./features/over-time/over-time.component.js"),
  people: () => import("./features/help/people.component.js"),
  player: () => import("./features/player/player.component.js"),
  practice: () => import("./features/practice/practice.component.js"),
  "practice-note": () => import("./features/practice/practice-note.component.js"),
  "practice-time": () => import("./features/practice/practice-time.component.js"),
  programme: () => import("./features/programme/programme.component.js"),
  "privacy-settings": () => import("./features/settings/privacy-settings.component.js"),
  protection: () => import("./features/settings/protection.component.js"),
  reading: () => import("./features/reading/reading.component.js"),
  "save-recording": () => import("./features/player/save-recording.component.js"),
  search: () => import("./features/search/search.component.js"),
  settle: () => import("./features/help/settle.component.js"),
  "storage-settings": () => import("./features/downloads/storage-settings.component.js"),
  trouble: () => import("./features/trouble/trouble.component.js"),
  "this-week": () => import("./features/programme/this-week.component.js"),
  "voice-note-list": () => import("./features/voice-notes/voice-note-list.component.js"),
  "voice-notes": () => import("./features/voice-notes/voice-notes.component.js"),
  "week-at-home": () => import("./features/programme/week-at-home.component.js"),
  worksheet: () => import("./features/worksheet/worksheet.component.js"),
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
    reportFailure(`component "${name}" did not start`, error);
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
  followHistory();
  watchForMissingScripts();
  followBar();
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
  if (isLocked()) requestLock();
  const words = loadMessages();
  // The buttons at the top say nothing by script, so they needn't wait.
  const forever = new AbortController().signal;
  for (const part of document.querySelectorAll("header")) await startAll(part, forever);
  await words;
  // Start the lock manager before any component opens the vault.
  if (isLocked()) await watch();
  await goOnWithSound();
  const started = startPage(startAll);
  // Don't wait for components that wait for the PIN: the reader may never type it.
  if (!isLocked()) await started;
  followReading();
  // Do the rest when the page is readable, because reading needs none of it.
  await keepOffline();
  if (!isLocked()) await openEntries();
}

/** Start what the reader has chosen for reading and a style sheet can't do, here or once something is chosen. */
function followReading() {
  const follow = once(async () => (await import("./reading.js")).followChoices(load));
  const begin = () => void follow().catch((error) => reportFailure("reading choices", error));
  document.addEventListener("reading-changed", begin, { once: true });
  if (recall("reading")) begin();
}

/** Go on with the sound of the page before, if a link has opened this one as a new document. */
async function goOnWithSound() {
  const carried = takeCarried();
  if (!carried) return;
  try {
    await (await import("./audio/take-up.js")).takeUp(carried);
  } catch {
    // Its script is missing. The sound has ended with its page.
  }
}

/** Open the vault on every page, so that pending entries are backed up. If there is a lock, wait until it is open. */
async function openEntries() {
  if (hasEntries()) await (await import("./session/vault.js")).vault();
}

/** Return whether a PIN is set on this phone. This is a hint: it doesn't open the database. */
const isLocked = () => recall("lock") !== null;

const loadLockManager = () => import("./session/lock-manager.js");

/** Request all scripts of the lock at once. Each of them would otherwise be requested only when another has run. */
function requestLock() {
  // If one can't be had, whoever needs it says so.
  for (const script of [loadLockManager(), load("lock-screen")]) script.catch(() => {});
}

/** Start the lock manager. */
async function watch() {
  try {
    await (await loadLockManager()).lockManager().begin();
  } catch (error) {
    // The entries stay locked without the lock manager. The rest of the app goes on.
    reportFailure("the lock did not start", error);
  }
}

main();
