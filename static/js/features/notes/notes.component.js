// The page "My notes" lists the notes by date or by worksheet. The user can search, open, copy and print notes,
// choose them for an appointment, delete them with undo, and save all of them as a file.
import { reportFailure } from "../../platform/reopening.js";
import { copy } from "../../platform/copy.js";
import { say, toast } from "../../platform/dom.js";
import { recallNewest, rememberNewest } from "../../platform/storage.js";
import { gettext, npgettext } from "../../platform/i18n.js";
import { once } from "../../platform/once.js";
import { vault as openVault } from "../../session/vault.js";
import { explainOn } from "../../session/trouble.js";
import { DeletedNotes } from "../../answers/deleted.js";
import { firstLinesOn } from "./first-lines.js";
import { groupsOf } from "./groups.js";
import { askBackup } from "./kept.js";
import { NoteList } from "./list.js";
import { orderOn } from "./order.js";
import { countNotes, foundRows, rowsOf } from "../../answers/rows.js";
import { startSearching } from "./search-box.js";
import { slugsOf, titleText } from "../../answers/titles.js";
import { showView } from "../../platform/views.js";
import { weeksOn } from "./weeks-section.js";
import { noteAsText } from "../../answers/practice-text.js";

/** @import { Vault } from "../../data/entries.js" */
/** @import { BroughtNotes } from "../../answers/brought.js" */
/** @import { Found, Kept } from "../../answers/rows.js" */
/** @import { Row } from "../../answers/rows.js" */

/** Refresh the list when nothing has changed for this long. In ms. */
const REFRESH_DELAY = 60;

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  try {
    const vault = await openVault();
    // Opening the vault may have waited for a PIN, and the user may be on another page by now.
    if (!signal.aborted) await begin(page, vault, signal);
  } catch (error) {
    reportFailure("notes did not open", error);
    showView(page, "failed");
    explainOn(page.querySelector("[data-view=failed]"), error);
  }
}

/** @param {HTMLElement} page @param {Vault} vault @param {AbortSignal} signal */
async function begin(page, vault, signal) {
  const deleted = new DeletedNotes(vault);
  const worksheets = slugsOf(page);
  /** @type {Row[]} */
  let rows = [];
  /** The search results; null when nothing is searched for. @type {Found[] | null} */
  let found = null;
  /**
   * Tells where a note is kept. Undefined until backup has answered: the list says nothing about backup then.
   *
   * @type {((id: string) => Kept) | undefined}
   */
  let keptAt;
  const drawWeeks = weeksOn(page);
  const order = orderOn(page, () => draw());
  firstLinesOn(find(page, "[data-first-lines]"), () => draw());
  const chosen = broughtOf(vault);

  /** Draw the notes. @returns {Row[]} those that are shown, newest first */
  const draw = () => {
    const shown = found ? foundRows(rows, found) : rows;
    page.toggleAttribute("data-searching", found !== null);
    if (found) list.show([{ key: "found", rows: shown }], "date");
    else list.show(groupsOf(rows, order()), order());
    return shown;
  };

  const refresh = async () => {
    const all = await vault.list();
    rows = rowsOf(all, worksheets, keptAt);
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

  /** Show the newest notes, as many as fit on the screen: these needn't wait for hundreds of others. */
  const showNewest = async () => {
    const entries = await vault.peek(recallNewest());
    rows = rowsOf({ entries, unreadable: [] }, worksheets);
    // Ordered by worksheet, the place of a note is known only once all notes are read.
    if (!rows.length || order() !== "date") return;
    draw();
    showView(page, "list");
    drawWeeks(entries, { only: "place" });
  };

  /** Move the focus to a note. @param {string | undefined} id */
  const focus = (id) => {
    // "Undo" can also be pressed after the user has left this page. The focus then stays where it is.
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
      const index = shown.findIndex(({ id }) => id === row.id);
      const byKeyboard = document.activeElement?.matches(":focus-visible");
      await deleted.remove(row.id, async ([first]) => {
        await refresh();
        focus(first);
      });
      await refresh();
      const left = shown.filter(({ id }) => id !== row.id);
      const focusNext = () => focus(left[Math.min(index, left.length - 1)]?.id);
      if (byKeyboard) stopAtUndo(focusNext);
      else focusNext();
    }),
  });

  const searching = startSearching(
    find(page, "[data-search]"),
    async () => (await import("./search.js")).openSearch(vault, page, signal),
    (results) => {
      found = results;
      return draw().length;
    },
  );

  startSaving(page, vault);
  startImport(find(page, "#import"), vault);
  await showNewest();
  await refresh();
  // The privacy settings link to #export, which was not shown yet when the browser looked for it.
  if (location.hash === "#export") find(page, "#export h2").focus();
  const refreshSoon = debounced(refresh);
  signal.addEventListener("abort", vault.onChange(refreshSoon));
  const onAnswer = (/** @type {(id: string) => Kept} */ answer) => {
    keptAt = answer;
    refreshSoon();
  };
  const newPhone = find(page, "[data-new-phone]");
  askBackup(onAnswer, signal, ({ phones }) => {
    newPhone.hidden = !phones.some(({ isNew }) => isNew);
  });
}

/**
 * Return a function that loads the choice for the appointment at its first call.
 *
 * @param {Vault} vault
 * @returns {() => Promise<BroughtNotes>}
 */
function broughtOf(vault) {
  return once(async () => {
    const { BroughtNotes } = await import("../../answers/brought.js");
    return new BroughtNotes(vault);
  });
}

/** @param {HTMLElement | undefined} element @returns {HTMLElement | null | undefined} */
const bringButton = (element) => element?.querySelector("[data-bring]");

/** @param {HTMLElement | undefined} element */
const isPressed = (element) => bringButton(element)?.getAttribute("aria-pressed") === "true";

/** @param {HTMLElement | undefined} element @param {boolean} isDown */
function press(element, isDown) {
  bringButton(element)?.setAttribute("aria-pressed", String(isDown));
}

/** @param {HTMLElement} page @param {Vault} vault */
function startSaving(page, vault) {
  for (const button of page.querySelectorAll("[data-export]")) {
    const save = guarded(async () => {
      const { saveAll } = await import("./export.js");
      await saveAll(button.getAttribute("data-export") ?? "", vault, page);
    });
    button.addEventListener("click", () => save());
  }
}

/** @param {HTMLElement} section @param {Vault} vault */
function startImport(section, vault) {
  const input = /** @type {HTMLInputElement} */ (find(section, "[type=file]"));
  const load = once(async () => {
    const { ImportSection } = await import("./import-section.js");
    return new ImportSection(section, vault);
  });
  const show = guarded(async (/** @type {File} */ file) => (await load()).show(file));
  input.addEventListener("change", () => input.files?.[0] && show(input.files[0]));
  // Otherwise the browser wouldn't tell when the same file is chosen once more.
  input.addEventListener("click", () => (input.value = ""));
  section.hidden = false;
}

/**
 * Move the focus to a note or, if none is left, to the heading of the view.
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
 * Move the focus to "Undo". The message with this button is at the end of the page, many presses of Tab away from the
 * list.
 *
 * @param {() => void} focusNext called when "Undo" loses the focus
 */
function stopAtUndo(focusNext) {
  const undo = document.querySelector(".announcements button");
  if (!(undo instanceof HTMLElement)) return focusNext();
  undo.addEventListener("focusout", () => setTimeout(focusNext), { once: true });
  undo.focus();
}

/**
 * Wrap what a button does: if it fails, a message is shown and the list stays as it is.
 *
 * @template {any[]} T
 * @param {(...args: T) => Promise<void>} act
 * @returns {(...args: T) => void}
 */
function guarded(act) {
  return (...args) => {
    act(...args).catch((error) => {
      if (reportFailure("a note could not be changed", error)) return;
      toast(gettext("That did not work. Nothing was lost."));
    });
  };
}

/**
 * Return a function that does the work once after several calls: backup brings many notes at once.
 *
 * @param {() => Promise<void>} work
 * @returns {() => void}
 */
function debounced(work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work().catch((error) => reportFailure("notes were not brought up to date", error));
    }, REFRESH_DELAY);
  };
}

/** @param {HTMLElement} page @param {string} selector @returns {HTMLElement} */
function find(page, selector) {
  return /** @type {HTMLElement} */ (page.querySelector(selector));
}
