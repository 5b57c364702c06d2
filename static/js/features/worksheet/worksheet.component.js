// The page for filling in a worksheet. Its parts are in this folder and in answers/, its template is
// pages/worksheet.html.
import { reportFailure } from "../../platform/reopening.js";
import { EntryDeletedError, EntryMissingError, UnreadableError } from "../../data/errors.js";
import { copy } from "../../platform/copy.js";
import { hasEntries } from "../../platform/storage.js";
import { gettext, locale } from "../../platform/i18n.js";
import { href } from "../../platform/dom.js";
import { giveWayTo } from "../../platform/page.js";
import { explainOn } from "../../session/trouble.js";
import { isBackedUp, onBackup, vault } from "../../session/vault.js";
import { holdBusy } from "../../platform/busy.js";
import { placeHash, readPlace } from "../../answers/address.js";
import { startExamples } from "./examples.js";
import { fieldsIn, toPaper } from "../../answers/fields.js";
import { markFinished, unfinished } from "../../answers/finished.js";
import { keepUntilSaved } from "../../answers/leaving.js";
import { lateVersions } from "./late-versions.js";
import { aboutEntry, carryOn, notice } from "./notices.js";
import { asText, paperFor, share, startPrinting } from "./paper.js";
import { pageOf, revisionsOf } from "./revisions.js";
import { problemOf, SaveLine } from "../../answers/save-line.js";
import { ALMOST, EntryForm } from "../../answers/entry-form.js";
import { Steps } from "./steps.js";
import { isNothing } from "../../answers/values.js";

/** @import { Status } from "../../data/backup-status.js" */
/** @import { Entry } from "../../data/entry-view.js" */

/** @type {import("../../platform/page.js").Start} */
export default function start(root, signal) {
  return new WorksheetPage(root, signal).begin();
}

class WorksheetPage {
  #root;
  #signal;
  #sheet;
  #steps;
  #line;
  /** @type {import("./circles.js").Circles | undefined} */
  #circles;
  /** @type {import("./letter.js").LetterStep | undefined} */
  #letter;
  /** @type {import("./ending.js").Ending | undefined} */
  #ending;
  #notices;
  #revisions;
  /** @type {any} the error with which the vault did not open */
  #vaultError = null;
  /** Whether the server has the entry as it is now. */
  #backedUp = false;
  /** Whether an empty sheet is being printed. */
  #emptyPaper = false;
  /** @type {Status | null} */
  #status = null;

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#signal = signal;
    this.#revisions = revisionsOf(root.dataset);
    const about = {
      kind: "worksheet",
      worksheet: this.#revisions.slug,
      revision: this.#revisions.shown,
      locale: locale(),
    };
    this.#notices = this.#part("[data-notices]");
    this.#sheet = new EntryForm(
      fieldsIn(root),
      { vault, hold: holdBusy, about, signal },
      {
        changed: () => this.#draw(),
        versions: lateVersions(() => this.#sheet),
        named: () => this.#steps.rename(),
        gone: () => this.#leave(gettext("This note was deleted.")),
      },
    );
    this.#steps = new Steps(root, {
      entry: () => this.#sheet.id,
      moved: (done) => this.#moved(done),
      signal,
    });
    this.#line = new SaveLine(this.#part("[data-save-line]"), this.#part("[data-save-news]"), {
      retry: () => this.#sheet.flush(),
      copy: () => copy(asText(...this.#words())),
      lead: () => this.#leadToVersions(),
    });
  }

  async begin() {
    startPrinting(this.#root, {
      empty: () => this.#drawFor({ emptyPaper: true }),
      back: () => this.#drawFor({ emptyPaper: false }),
      signal: this.#signal,
    });
    this.#part("[data-share]").addEventListener("click", () => void share(...this.#words()));
    startExamples(this.#root);
    keepClearOf(this.#part("[data-save-line]"), this.#signal);
    this.#listen();
    const { entry, print } = readPlace(location.hash);
    if (entry ? !(await this.#open(entry)) : !this.#isPageOf()) return;
    this.#enable();
    const more = this.#drawMore();
    if (!entry && hasEntries()) await this.#offerEarlier();
    if (!entry || !print) return;
    await more;
    this.#print();
  }

  /** Draw what the first questions don't need: the picture, the letter and the end. */
  async #drawMore() {
    const { fields } = this.#sheet;
    try {
      const picture = this.#root.querySelector("[data-circles]");
      if (picture instanceof SVGSVGElement) {
        const { Circles } = await import("./circles.js");
        this.#circles = new Circles(picture);
        this.#drawCircles();
      }
      if (this.#root.querySelector("[data-letter]")) {
        const { LetterStep } = await import("./letter.js");
        this.#letter = LetterStep.of(this.#root, fields);
      }
      const { Ending } = await import("./ending.js");
      if (this.#signal.aborted) return;
      this.#ending = new Ending(this.#root);
      this.#draw();
    } catch (error) {
      reportFailure("a part of the worksheet could not be loaded", error);
    }
  }

  /** Print the entry: the user came here from the notes to do that. */
  #print() {
    this.#steps.rename();
    requestAnimationFrame(() => !this.#signal.aborted && print());
  }

  #listen() {
    const signal = this.#signal;
    this.#root.addEventListener("input", ({ target }) => this.#typed(target));
    // The focus reaches the next element only after this event.
    this.#root.addEventListener("focusout", () => setTimeout(() => this.#sheet.left()));
    // Open the vault early: the first words needn't wait for it, and a failure is shown before much is written.
    this.#root.addEventListener("focusin", () => this.#warmUp(), { once: true });
    const stop = onBackup((status) => {
      this.#status = status;
      this.#checkBackup();
    });
    signal.addEventListener("abort", stop);
    keepUntilSaved(this.#sheet, signal);
    addEventListener("online", () => this.#draw(), { signal });
    addEventListener("offline", () => this.#draw(), { signal });
    addEventListener("hashchange", () => this.#readdress(), { signal });
  }

  /**
   * Open an entry, or say why it can't be opened.
   * @param {string} id
   * @returns {Promise<boolean>} whether the page can be written on
   */
  async #open(id) {
    try {
      const { slug } = this.#revisions;
      const isHere = (/** @type {Entry} */ { worksheet, revision }) =>
        worksheet !== slug || this.#isPageOf(revision);
      if (!(await this.#sheet.open(id, isHere))) return false;
      if (this.#sheet.entry?.worksheet !== slug) throw new EntryMissingError(id);
      notice(this.#notices, "earlier", null);
      this.#checkBackup();
      return true;
    } catch (error) {
      return this.#couldNotOpen(error);
    }
  }

  /**
   * Return whether this page has the questions of a revision. If another page has them, show that page.
   * @param {number} [revision]
   */
  #isPageOf(revision) {
    const path = pageOf(this.#revisions, revision);
    if (path !== null && !this.#signal.aborted) giveWayTo(href(path) + location.hash);
    return path === null;
  }

  /** Say why an entry can't be opened. Return whether the page can be written on. @param {any} error */
  #couldNotOpen(error) {
    if (error instanceof EntryDeletedError) this.#leave(gettext("This note was deleted."));
    else if (error instanceof EntryMissingError) {
      this.#sheet.close();
      this.#leave(gettext("This note is not on this phone."));
    } else if (error instanceof UnreadableError) {
      this.#leave(gettext("This note can’t be opened on this phone. It hasn’t been deleted."));
    } else {
      reportFailure("the entry could not be read", error);
      const text = gettext(
        "Your notes could not be opened. Close this page and open it again. Nothing has been deleted.",
      );
      notice(this.#notices, "state", text);
      explainOn(this.#notices.querySelector("[data-notice=state]"), error);
      return false;
    }
    return true;
  }

  /**
   * Say why the entry can't be shown, and correct the address: the page is a new worksheet again.
   * @param {string} why
   */
  #leave(why) {
    notice(this.#notices, "state", why);
    this.#steps.rename();
  }

  /** Let the user write: the questions are disabled until saving works. */
  #enable() {
    for (const part of this.#root.querySelectorAll("fieldset[data-step]")) {
      part.removeAttribute("disabled");
    }
    this.#root.dataset.ready = "";
    this.#draw();
  }

  /** Offer to carry on with an unfinished entry of this worksheet. */
  async #offerEarlier() {
    const { entries } = await vault().then((open) => open.list());
    const entry = unfinished(entries, this.#root.dataset.slug);
    if (entry && !this.#sheet.id) carryOn(this.#notices, entry);
  }

  async #warmUp() {
    try {
      await vault();
    } catch (error) {
      this.#vaultError = error;
      this.#draw();
    }
  }

  /** @param {EventTarget | null} target */
  #typed(target) {
    let element = target instanceof Element ? target.closest("[data-field]") : null;
    // A question in a group is saved with its outermost group.
    for (
      let around = element;
      around;
      around = around.parentElement?.closest("[data-field]") ?? null
    ) {
      element = around;
    }
    const field =
      element instanceof HTMLElement && this.#sheet.fields.get(element.dataset.field ?? "");
    if (!field) return;
    toPaper(field);
    notice(this.#notices, "earlier", null);
    notice(this.#notices, "state", null);
    this.#sheet.typed(field.name);
  }

  /** Save, then note whether the user has finished the entry. @param {boolean} done */
  #moved(done) {
    this.#sheet.flush().then(() => {
      if (this.#sheet.id) markFinished(this.#sheet.id, done);
    });
    this.#draw();
  }

  /** Open the entry that the address names now; without one, put this entry's id into the address. */
  #readdress() {
    const { entry } = readPlace(location.hash);
    if (entry && entry !== this.#sheet.id) this.#open(entry);
    else this.#steps.rename();
  }

  /** Show the first answer that has several versions. */
  #leadToVersions() {
    const field = this.#root.querySelector("[data-conflict]");
    if (!field) return;
    this.#steps.reveal(field);
    field.scrollIntoView({ block: "center" });
    field.querySelector("button")?.focus({ preventScroll: true });
  }

  /** The title and the answers. @returns {Parameters<typeof asText>} */
  #words() {
    return [this.#root.dataset.title ?? "", this.#sheet.fields.values()];
  }

  #isWritten() {
    return [...this.#sheet.fields.values()].some(({ read }) => !isNothing(read()));
  }

  async #checkBackup() {
    const { id } = this.#sheet;
    const backedUp = Boolean(id && this.#status?.enabled && (await isBackedUp(id)));
    this.#backedUp = backedUp && id === this.#sheet.id;
    this.#draw();
  }

  #draw() {
    const { entry, fields, saving } = this.#sheet;
    if (saving.unsaved) this.#backedUp = false;
    const written = this.#isWritten();
    paperFor(written);
    this.#show(".link[data-paper=filled]", written);
    this.#show("[data-share]", written && "share" in navigator);
    this.#show("[data-written]", written);
    this.#show("[data-blank]", !written);
    aboutEntry(this.#notices, entry, {
      revisions: this.#revisions,
      names: new Set(fields.keys()),
      unfit: this.#root.querySelector("[data-newer]") !== null,
      languages: (this.#root.dataset.languages ?? "").split(" "),
      place: placeHash({ ...readPlace(location.hash), entry: this.#sheet.id }),
    });
    notice(this.#notices, "long", written ? this.#tooLong() : null);
    this.#drawCircles();
    this.#letter?.draw();
    this.#ending?.draw(fields.values(), this.#sheet.id);
    if (this.#root.dataset.ready !== undefined) this.#drawLine();
  }

  /** Return what to say about an entry that the backup can't take, or soon can't. Otherwise return null. */
  #tooLong() {
    if (!this.#status?.enabled) return null;
    if (this.#status.tooLarge.includes(this.#sheet.id)) {
      return gettext(
        "This worksheet is saved on this phone, but it is too long for the backup. Start a new one for more.",
      );
    }
    if (this.#sheet.length <= ALMOST) return null;
    return gettext("This worksheet is almost too long for the backup. Start a new one for more.");
  }

  /** @param {{emptyPaper: boolean}} purpose with `emptyPaper`, the picture is empty too */
  #drawFor({ emptyPaper }) {
    this.#emptyPaper = emptyPaper;
    this.#draw();
  }

  #drawCircles() {
    const sliders = [...this.#sheet.fields.values()].filter(
      ({ element }) => element.dataset.circle,
    );
    const sizes = sliders.map(({ element, question, read }) => {
      const { min = 0, max = 10 } = question;
      return /** @type {const} */ ([
        element.dataset.circle ?? "",
        { value: this.#emptyPaper ? null : read(), min, max },
      ]);
    });
    this.#circles?.show(new Map(sizes));
  }

  #drawLine() {
    const { entry, saving } = this.#sheet;
    this.#line.show({
      saving: saving.saving,
      problem:
        problemOf(saving.error) ?? (saving.unsaved || !entry ? problemOf(this.#vaultError) : null),
      id: this.#sheet.id,
      savedAt: this.#sheet.savedAt,
      conflict: Boolean(entry?.conflicts.length),
      backedUp: this.#backedUp,
      online: navigator.onLine,
      backup: this.#status,
    });
  }

  /** @param {string} selector @param {boolean} visible */
  #show(selector, visible) {
    const part = this.#root.querySelector(selector);
    if (part instanceof HTMLElement) part.hidden = !visible;
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    const part = this.#root.querySelector(selector);
    if (!(part instanceof HTMLElement)) throw new Error(`the worksheet has no ${selector}`);
    return part;
  }
}

/**
 * Tell the style sheet the height of the save line: what is scrolled to stops below it.
 * @param {HTMLElement} line
 * @param {AbortSignal} signal
 */
function keepClearOf(line, signal) {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() =>
    style.setProperty("--save-line", `${line.offsetHeight}px`),
  );
  observer.observe(line);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    style.removeProperty("--save-line");
  });
}
