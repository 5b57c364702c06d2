// What I wrote, newest first: open, copy, print, delete with undo, and all of it as a file.
import { say, toast } from "../lib/dom.js";
import { gettext, npgettext } from "../lib/messages.js";
import { backup as openBackup, vault as openVault } from "../lib/vault.js";
import { Deleted } from "../notes/deleted.js";
import { download, fileName } from "../notes/export-file.js";
import { NoteList } from "../notes/list.js";
import { countNotes, rowsOf } from "../notes/rows.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Row } from "../notes/rows.js" */

const PATIENCE = 60; // ms

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

  const refresh = async () => {
    rows = rowsOf(await vault.list(), worksheets, isBackedUp);
    const count = countNotes(rows);
    say(
      find(page, "[data-count]"),
      npgettext("how many notes there are", "%(num)s note", "%(num)s notes", count),
    );
    list.show(rows);
    show(page, rows.length ? "list" : "empty");
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
  await refresh();
  // Come from the privacy settings: the list was not there when the browser looked for the place.
  if (location.hash === "#export") find(page, "[data-export]").focus();
  const soon = later(refresh);
  signal.addEventListener("abort", vault.onChange(soon));
  isBackedUp = await asker(soon, signal);
  soon();
}

/**
 * @param {() => void} changed called when the answers may have changed
 * @param {AbortSignal} signal
 * @returns {Promise<(id: string) => boolean>}
 */
async function asker(changed, signal) {
  try {
    const backup = await openBackup();
    signal.addEventListener("abort", backup.onStatus(changed));
    return (id) => backup.status.enabled && !backup.pendingIds.has(id);
  } catch (error) {
    console.error("backup did not open", error);
    return () => false;
  }
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
