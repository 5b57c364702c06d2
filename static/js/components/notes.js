// What I wrote, newest first: open, copy, print, delete with undo, and all of it as a file.
import { say, toast } from "../lib/dom.js";
import { recall, recallNewest, remember, rememberNewest } from "../lib/memory.js";
import { gettext, npgettext } from "../lib/messages.js";
import { backup as openBackup, onBackup, vault as openVault } from "../lib/vault.js";
import { Deleted } from "../notes/deleted.js";
import { download, fileName } from "../notes/export-file.js";
import { NoteList, titleOfRecording } from "../notes/list.js";
import { countNotes, rowsOf } from "../notes/rows.js";
import { noteAsText } from "../practice/words.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Summary } from "../data/entry-view.js" */
/** @import { Row } from "../notes/rows.js" */

const PATIENCE = 60; // ms
/** The weeks are folded away, and stay so. */
const WEEKS_FOLDED = "weeks-folded";
/** There is something to show in them. */
const WEEKS_THERE = "weeks-there";

/** @type {import("../main.js").Start} */
export default async function start(page, signal) {
  try {
    await begin(page, await openVault(), signal);
  } catch (error) {
    console.error("notes did not open", error);
    show(page, "failed");
  }
}

/** @param {HTMLElement} page @param {Vault} vault @param {AbortSignal} signal */
async function begin(page, vault, signal) {
  const deleted = new Deleted(vault);
  const worksheets = slugs(page);
  /** @type {Row[]} */
  let rows = [];
  /** Unknown until backup has been asked, and nothing is said of it. @type {((id: string) => boolean) | undefined} */
  let isBackedUp;

  const weeks = page.querySelector("details[data-weeks]");
  const drawWeeks = weeks instanceof HTMLDetailsElement && pictureOf(weeks, page);

  const refresh = async () => {
    const all = await vault.list();
    rows = rowsOf(all, worksheets, isBackedUp);
    rememberNewest(all.entries.map(({ id }) => id));
    const count = countNotes(rows);
    say(
      find(page, "[data-count]"),
      npgettext("how many notes there are", "%(num)s note", "%(num)s notes", count),
    );
    list.show(rows);
    show(page, rows.length ? "list" : "empty");
    if (drawWeeks) drawWeeks(all.entries);
  };

  /** What fits on the screen doesn't wait for hundreds of others. */
  const showNewest = async () => {
    const entries = await vault.peek(recallNewest());
    rows = rowsOf({ entries, unreadable: [] }, worksheets);
    if (!rows.length) return;
    list.show(rows);
    show(page, "list");
    if (drawWeeks) drawWeeks(entries, { only: "place" });
  };

  /** @param {string | undefined} id */
  const focus = (id) => {
    // "Undo" can be pressed on the next page too: the keyboard stays there.
    if (page.isConnected) focusNote(page, id === undefined ? undefined : list.element(id));
  };

  const list = new NoteList(page, {
    copy: guarded(async (row) => {
      const { id } = await vault.duplicate(row.id);
      await refresh();
      toast(gettext("Copied as a new note."));
      focus(id);
    }),
    text: guarded(async ({ practice }) => {
      if (!practice) return;
      const { copy } = await import("../worksheet/paper.js");
      const title = titleOfRecording(page, practice.recording).textContent?.trim() ?? "";
      await copy(noteAsText(title, practice));
    }),
    remove: guarded(async (row) => {
      const at = rows.findIndex(({ id }) => id === row.id);
      const byKeyboard = document.activeElement?.matches(":focus-visible");
      await deleted.remove(row.id, async ([first]) => {
        await refresh();
        focus(first);
      });
      await refresh();
      const goOn = () => focus(rows[Math.min(at, rows.length - 1)]?.id);
      if (byKeyboard) stopAtUndo(goOn);
      else goOn();
    }),
  });

  find(page, "[data-export]").addEventListener(
    "click",
    guarded(() => save(page, vault)),
  );
  await showNewest();
  await refresh();
  // Come from the privacy settings: the list was not there when the browser looked for the place.
  if (location.hash === "#export") find(page, "[data-export]").focus();
  const soon = later(refresh);
  signal.addEventListener("abort", vault.onChange(soon));
  const heard = (/** @type {(id: string) => boolean} */ answer) => {
    isBackedUp = answer;
    soon();
  };
  askBackup(heard, signal);
}

/**
 * What backs up is loaded only where backup is on.
 *
 * @param {(isBackedUp: (id: string) => boolean) => void} heard called once it is known, and when answers may have
 *   changed
 * @param {AbortSignal} signal
 */
function askBackup(heard, signal) {
  const stop = onBackup(async ({ enabled }) => {
    if (!enabled) return heard(() => false);
    try {
      const backup = await openBackup();
      heard((id) => backup.status.enabled && !backup.pendingIds.has(id));
    } catch (error) {
      console.error("backup did not open", error);
      heard(() => false);
    }
  });
  signal.addEventListener("abort", stop);
}

/**
 * Practice over the weeks. Its place is there at once with the rows; the drawing comes after them.
 *
 * @param {HTMLDetailsElement} section
 * @param {HTMLElement} page
 * @returns {(entries: Summary[], options?: {only?: "place"}) => void} `only` its place, as long as not all are known
 */
function pictureOf(section, page) {
  section.open = recall(WEEKS_FOLDED) === null;
  /** @type {Promise<import("../notes/weeks-picture.js").WeeksPicture> | undefined} */
  let loading;
  return (entries, { only } = {}) => {
    const isThere = entries.some(({ practice }) => practice);
    section.hidden = !(isThere || (only && recall(WEEKS_THERE)));
    if (only) return;
    remember(WEEKS_THERE, isThere ? "1" : null);
    if (section.hidden) return;
    loading ??= import("../notes/weeks-picture.js").then(
      ({ WeeksPicture }) => new WeeksPicture(section, page),
    );
    loading
      .then((picture) => picture.show(entries))
      .catch((error) => console.error("the weeks were not drawn", error));
  };
}

/** @param {HTMLElement} page @param {Vault} vault */
async function save(page, vault) {
  const { entries } = await vault.list();
  if (!entries.length) return void toast(gettext("There is nothing to save yet."));
  const file = fileName(page.dataset.name ?? "", new Date());
  download(file, await vault.exportAll());
  toast(gettext("Saved as %(file)s.", { file }));
}

/** The worksheets that the page knows by title. @param {HTMLElement} page */
function slugs(page) {
  const templates = page.querySelectorAll("template[data-worksheet]");
  return new Set(Array.from(templates, (one) => one.getAttribute("data-worksheet") ?? ""));
}

/** @param {HTMLElement} page @param {"loading" | "list" | "empty" | "failed"} view */
function show(page, view) {
  for (const part of page.querySelectorAll("[data-view]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.view !== view;
  }
}

/**
 * To a note, or to what stands in place of it when none is left.
 *
 * @param {HTMLElement} page
 * @param {HTMLElement | undefined} note
 */
function focusNote(page, note) {
  const place =
    note?.querySelector("a[href]:not([hidden]), button:not([hidden])") ??
    page.querySelector("[data-view]:not([hidden]) h2") ??
    document.querySelector("main h1");
  if (place instanceof HTMLElement) place.focus();
}

/**
 * The message with "Undo" stands at the end of the page, many keys away from the list.
 *
 * @param {() => void} goOn
 */
function stopAtUndo(goOn) {
  const undo = document.querySelector(".announcements button");
  if (!(undo instanceof HTMLElement)) return goOn();
  undo.addEventListener("focusout", () => setTimeout(goOn), { once: true });
  undo.focus();
}

/**
 * What goes wrong at a tap is said, and the list stays.
 *
 * @template {any[]} T
 * @param {(...args: T) => Promise<void>} act
 * @returns {(...args: T) => void}
 */
function guarded(act) {
  return (...args) => {
    act(...args).catch((error) => {
      console.error("a note could not be changed", error);
      toast(gettext("That did not work. Nothing was lost."));
    });
  };
}

/**
 * Together what comes together: backup brings many notes at once.
 *
 * @param {() => Promise<void>} work
 * @returns {() => void}
 */
function later(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work().catch((error) => console.error("notes were not brought up to date", error));
    }, PATIENCE);
  };
}

/** @param {HTMLElement} page @param {string} selector @returns {HTMLElement} */
function find(page, selector) {
  return /** @type {HTMLElement} */ (page.querySelector(selector));
}
