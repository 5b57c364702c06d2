// What I wrote: by date or by worksheet; search, open, copy, print, bring to an appointment, delete with undo, and all
// of it as a file.
import { copy } from "../lib/copy.js";
import { say, toast } from "../lib/dom.js";
import { recallNewest, rememberNewest } from "../lib/memory.js";
import { gettext, npgettext } from "../lib/messages.js";
import { backup as openBackup, onBackup, vault as openVault } from "../lib/vault.js";
import { Deleted } from "../notes/deleted.js";
import { groupsOf } from "../notes/groups.js";
import { NoteList } from "../notes/list.js";
import { orderOn } from "../notes/order.js";
import { countNotes, foundRows, rowsOf } from "../notes/rows.js";
import { startSearching } from "../notes/search-box.js";
import { slugsOf, titleText } from "../notes/titles.js";
import { showView } from "../notes/view.js";
import { weeksOn } from "../notes/weeks-place.js";
import { noteAsText } from "../practice/words.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Brought } from "../notes/brought.js" */
/** @import { Found } from "../notes/find.js" */
/** @import { Row } from "../notes/rows.js" */

const PATIENCE = 60; // ms

/** @type {import("../main.js").Start} */
export default async function start(page, signal) {
  try {
    const vault = await openVault();
    // It may have waited for a PIN, and another page may be here.
    if (!signal.aborted) await begin(page, vault, signal);
  } catch (error) {
    console.error("notes did not open", error);
    showView(page, "failed");
  }
}

/** @param {HTMLElement} page @param {Vault} vault @param {AbortSignal} signal */
async function begin(page, vault, signal) {
  const deleted = new Deleted(vault);
  const worksheets = slugsOf(page);
  /** @type {Row[]} */
  let rows = [];
  /** What is searched for, while something is. @type {Found[] | null} */
  let found = null;
  /** Unknown until backup has been asked, and nothing is said of it. @type {((id: string) => boolean) | undefined} */
  let isBackedUp;
  const drawWeeks = weeksOn(page);
  const order = orderOn(page, () => draw());
  const chosen = broughtOf(vault);

  /** @returns {Row[]} as they stand on the screen */
  const draw = () => {
    const shown = found ? foundRows(rows, found) : rows;
    page.toggleAttribute("data-searching", found !== null);
    if (found) list.show([{ key: "found", rows: shown }], "date");
    else list.show(groupsOf(rows, order()), order());
    return shown;
  };

  const refresh = async () => {
    const all = await vault.list();
    rows = rowsOf(all, worksheets, isBackedUp);
    rememberNewest(all.entries.map(({ id }) => id));
    const count = countNotes(rows);
    say(
      find(page, "[data-count]"),
      npgettext("how many notes there are", "%(num)s note", "%(num)s notes", count),
    );
    draw();
    searching.again();
    showView(page, rows.length ? "list" : "empty");
    drawWeeks(all.entries);
  };

  /** What fits on the screen doesn't wait for hundreds of others. */
  const showNewest = async () => {
    const entries = await vault.peek(recallNewest());
    rows = rowsOf({ entries, unreadable: [] }, worksheets);
    // By worksheet, where they stand is known once all are.
    if (!rows.length || order() !== "date") return;
    draw();
    showView(page, "list");
    drawWeeks(entries, { only: "place" });
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
    text: guarded(async (row) => {
      if (!row.practice) return;
      await copy(noteAsText(titleText(page, row), row.practice));
    }),
    unfolded: guarded(async ({ id }, element) => {
      press(element, (await (await chosen()).look()).has(id));
    }),
    bring: guarded(async ({ id }) => {
      const element = list.element(id);
      const isBrought = !isPressed(element);
      await (await chosen()).bring(id, isBrought);
      press(element, isBrought);
      toast(
        isBrought
          ? gettext("Chosen for your appointment.")
          : gettext("No longer chosen for your appointment."),
      );
    }),
    remove: guarded(async (row) => {
      const shown = found ? foundRows(rows, found) : rows;
      const at = shown.findIndex(({ id }) => id === row.id);
      const byKeyboard = document.activeElement?.matches(":focus-visible");
      await deleted.remove(row.id, async ([first]) => {
        await refresh();
        focus(first);
      });
      await refresh();
      const left = shown.filter(({ id }) => id !== row.id);
      const goOn = () => focus(left[Math.min(at, left.length - 1)]?.id);
      if (byKeyboard) stopAtUndo(goOn);
      else goOn();
    }),
  });

  const searching = startSearching(
    find(page, "[data-search]"),
    async () => (await import("../notes/search.js")).openSearch(vault, page, signal),
    (now) => {
      found = now;
      return draw().length;
    },
  );

  startSaving(page, vault);
  await showNewest();
  await refresh();
  // Come from the privacy settings: the list was not there when the browser looked for the place.
  if (location.hash === "#export") find(page, "#export h2").focus();
  const soon = later(refresh);
  signal.addEventListener("abort", vault.onChange(soon));
  const heard = (/** @type {(id: string) => boolean} */ answer) => {
    isBackedUp = answer;
    soon();
  };
  askBackup(heard, signal);
}

/** What is brought to an appointment is looked up when somebody asks. @param {Vault} vault @returns {() => Promise<Brought>} */
function broughtOf(vault) {
  /** @type {Promise<Brought> | undefined} */
  let loading;
  return () =>
    (loading ??= import("../notes/brought.js").then(({ Brought }) => new Brought(vault)));
}

/** @param {HTMLElement | undefined} element @returns {HTMLElement | null | undefined} */
const bringButton = (element) => element?.querySelector("[data-bring]");

/** @param {HTMLElement | undefined} element */
const isPressed = (element) => bringButton(element)?.getAttribute("aria-pressed") === "true";

/** @param {HTMLElement | undefined} element @param {boolean} is */
function press(element, is) {
  bringButton(element)?.setAttribute("aria-pressed", String(is));
}

/** @param {HTMLElement} page @param {Vault} vault */
function startSaving(page, vault) {
  for (const button of page.querySelectorAll("[data-export]")) {
    const save = guarded(async () => {
      const { saveAll } = await import("../notes/export.js");
      await saveAll(button.getAttribute("data-export") ?? "", vault, page);
    });
    button.addEventListener("click", () => save());
  }
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
