// The page that shows one note to read: a worksheet's answers, a letter or a line of the practice diary. The address
// names the note. Template: pages/note.html.
import { readPlace } from "../../answers/address.js";
import { editPath } from "../../answers/rows.js";
import { slugsOf } from "../../answers/titles.js";
import { loadWorksheets } from "../../answers/worksheets.js";
import { EntryDeletedError, EntryMissingError, UnreadableError } from "../../data/errors.js";
import { moment } from "../../platform/dates.js";
import { href, icon, say, toast } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { reportFailure } from "../../platform/reopening.js";
import { explainOn } from "../../session/trouble.js";
import { vault as openVault } from "../../session/vault.js";
import { BroughtNotes } from "../../answers/brought.js";
import { askBackup } from "./kept.js";
import { namesOf } from "./names.js";
import { dateAndPlace, ICONS } from "./note-row.js";
import { langOf } from "./note-view.js";
import { readingNote, readingView } from "./reading-view.js";
import { save, share } from "./share.js";

/** @import { Vault } from "../../data/entries.js" */
/** @import { Entry } from "../../data/entry-view.js" */
/** @import { Kept } from "../../answers/rows.js" */
/** @import { ReadingNote } from "./reading-view.js" */

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  try {
    const vault = await openVault();
    // Opening the vault may have waited for a PIN, and the user may be on another page by now.
    if (!signal.aborted) await new NotePage(page, vault, signal).begin();
  } catch (error) {
    reportFailure("the note did not open", error);
    show(page, "failed");
    explainOn(page.querySelector("[data-view=failed]"), error);
  }
}

class NotePage {
  #page;
  #vault;
  #signal;
  #brought;
  /** @type {Entry | undefined} the note on the screen */
  #entry;
  /** @type {ReadingNote | undefined} the same note in words */
  #note;
  /** @type {((id: string) => Kept) | undefined} undefined until backup has answered */
  #keptAt;
  /** Counts the readings, so that an earlier one doesn't replace a later one. */
  #turn = 0;

  /** @param {HTMLElement} page @param {Vault} vault @param {AbortSignal} signal */
  constructor(page, vault, signal) {
    this.#page = page;
    this.#vault = vault;
    this.#signal = signal;
    this.#brought = new BroughtNotes(vault);
  }

  async begin() {
    const signal = this.#signal;
    const readAgain = () => void this.#read().catch(report);
    this.#on("[data-bring]", () => this.#bring());
    this.#on("[data-print]", async () => print());
    this.#on("[data-share]", async () => {
      if (this.#note && !(await share(this.#note, this.#name))) this.#offerFiles(true);
    });
    this.#on("[data-files]", async () =>
      this.#offerFiles(Boolean(this.#part("[data-choices]").hidden)),
    );
    for (const kind of ["html", "txt"]) {
      this.#on(`[data-save=${kind}]`, async () => {
        if (this.#note) save(this.#note, this.#name, kind);
      });
    }
    this.#on("[data-save=pdf]", async () => print());
    addEventListener("hashchange", readAgain, { signal });
    signal.addEventListener("abort", this.#vault.onChange(readAgain));
    await this.#read();
    const onAnswer = (/** @type {(id: string) => Kept} */ keptAt) => {
      this.#keptAt = keptAt;
      this.#drawWhen();
    };
    askBackup(onAnswer, signal);
  }

  /** Read the note that the address names, and draw it. */
  async #read() {
    const turn = (this.#turn += 1);
    const { entry: id } = readPlace(location.hash);
    try {
      const [entry, worksheets, brought] = await Promise.all([
        this.#vault.read(id),
        loadWorksheets(),
        this.#brought.look(),
      ]);
      if (turn !== this.#turn || this.#signal.aborted) return;
      this.#entry = entry;
      const note = (this.#note = readingNote(entry, worksheets, namesOf(this.#page)));
      const title = this.#part("h1");
      title.replaceChildren(note.title);
      for (const name of ["lang", "dir"]) title.removeAttribute(name);
      for (const [name, value] of Object.entries(langOf(note.lang))) {
        title.setAttribute(name, value);
      }
      this.#part("[data-record]").hidden = !note.letter.length;
      this.#part("[data-text]").replaceChildren(...readingView(note));
      this.#drawWhen();
      this.#drawActions(brought.has(id));
      show(this.#page, "note");
    } catch (error) {
      if (turn === this.#turn) this.#leave(error);
    }
  }

  #drawWhen() {
    const entry = this.#entry;
    if (!entry) return;
    const place = entry.conflicts.length ? "versions" : this.#keptAt?.(entry.id);
    say(this.#part("[data-when]"), dateAndPlace({ place }, moment(entry.changed)));
    this.#part("[data-mark]").replaceChildren(...(place ? [icon(ICONS[place])] : []));
  }

  /** @param {boolean} isBrought */
  #drawActions(isBrought) {
    if (!this.#entry) return;
    const path = editPath(this.#entry, slugsOf(this.#page));
    const edit = this.#part("[data-edit]");
    edit.hidden = !path;
    if (path) edit.setAttribute("href", href(path));
    this.#part("[data-bring]").setAttribute("aria-pressed", String(isBrought));
  }

  get #name() {
    return this.#page.dataset.name ?? "";
  }

  /** Show the kinds of files, or hide them. @param {boolean} isShown */
  #offerFiles(isShown) {
    this.#part("[data-choices]").hidden = !isShown;
    this.#part("[data-files]").setAttribute("aria-expanded", String(isShown));
    if (isShown) this.#part("[data-choices] h2").focus();
  }

  async #bring() {
    const button = this.#part("[data-bring]");
    const isBrought = button.getAttribute("aria-pressed") !== "true";
    await this.#brought.bring(this.#entry?.id ?? "", isBrought);
    button.setAttribute("aria-pressed", String(isBrought));
    toast(
      isBrought
        ? gettext("Chosen for your appointment.")
        : gettext("No longer chosen for your appointment."),
    );
  }

  /** Say why the note can't be shown. @param {any} error */
  #leave(error) {
    const why = reasonFor(error);
    if (!why) throw error;
    this.#entry = this.#note = undefined;
    this.#offerFiles(false);
    this.#part("[data-text]").replaceChildren();
    say(this.#part("h1"), why);
    show(this.#page, "gone");
  }

  /** Run an action at each click. If it fails, show a message. @param {string} selector @param {() => Promise<void>} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", () => {
      act().catch((error) => {
        if (!report(error)) toast(gettext("That did not work. Nothing was lost."));
      });
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}

/** Return the words for an error that concerns this note alone, or "". @param {unknown} error */
function reasonFor(error) {
  if (error instanceof EntryDeletedError) return gettext("This note was deleted.");
  if (error instanceof EntryMissingError) return gettext("This note is not on this phone.");
  if (error instanceof UnreadableError) {
    return gettext("This note can’t be opened on this phone. It hasn’t been deleted.");
  }
  return "";
}

/** @param {HTMLElement} page @param {"note" | "gone" | "failed"} view */
function show(page, view) {
  for (const part of page.querySelectorAll("[data-view]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.view !== view;
  }
}

/** @param {unknown} error */
const report = (error) => reportFailure("the note could not be brought up to date", error);
