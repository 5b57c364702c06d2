// The page about what is stored on this phone: whether the pages are there for offline use, how much room everything
// takes, and how long it stays.
import { reportFailure } from "../../platform/reopening.js";
import { size } from "../../platform/dates.js";
import { h, say } from "../../platform/dom.js";
import { codeOf } from "../../platform/errors.js";
import { isInstalled, platform } from "../../platform/install.js";
import { obstacle } from "../../platform/keeping.js";
import { once } from "../../platform/once.js";
import { signInLink, signInWords } from "../../platform/sign-in.js";
import { hasEntries, recall } from "../../platform/storage.js";
import { gettext, locale, ngettext, npgettext, pgettext } from "../../platform/i18n.js";
import { cachedPages, keepPages, lacksRoom, pagesProblem } from "../../downloads/snapshots.js";
import { askToPersist, isPersistent, usage } from "./usage.js";

/** @typedef {import("../../downloads/snapshots.js").Progress} Progress */

/** @import { Obstacle } from "../../platform/keeping.js" */

/** @type {import("../../platform/page.js").Start} */
export default async function start(section, signal) {
  const storage = new Storage(section, signal);
  const why = await obstacle();
  if (why) return storage.showNothing(why);
  await Promise.all([storage.showFigures(), storage.showPersistence(), storage.showReady()]);
}

class Storage {
  /** Whether the figures are being read. */
  isLooking = false;
  /** Whether the figures must be read once more, because something changed meanwhile. */
  isBehind = false;
  /** Whether the list of saved recordings has been loaded. */
  hasList = false;
  /** Whether the check of what is saved has been loaded. */
  hasCheck = false;

  /** @param {HTMLElement} section @param {AbortSignal} signal */
  constructor(section, signal) {
    this.section = section;
    this.signal = signal;
    this.part("[data-ready-buttons] button").addEventListener("click", () => this.getReady());
    this.part("[data-persist]").addEventListener("click", async () => {
      await askToPersist();
      await this.showPersistence();
    });
    // Like every page, this one downloads the newest pages once it is readable (keep-offline.js).
    const coming = (/** @type {Event} */ event) =>
      this.showProgress(/** @type {CustomEvent<Progress>} */ (event).detail);
    const kept = () => void Promise.all([this.showReady({ again: true }), this.showFigures()]);
    document.addEventListener("pages-coming", coming, { signal });
    document.addEventListener("pages-kept", kept, { signal });
    document.addEventListener("recordings-changed", () => this.showFigures(), { signal });
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.section.querySelector(selector));
  }

  /** Say why pages and recordings can't be stored. @param {Obstacle} why */
  async showNothing(why) {
    for (const part of this.section.querySelectorAll("section")) part.hidden = true;
    const { obstacleWords } = await import("./obstacle-words.js");
    this.sayReady(obstacleWords(why));
  }

  /** @param {string} words @param {{again?: boolean}} [options] `again`: offer to try again */
  sayReady(words, { again = false } = {}) {
    say(this.part("[data-ready] span"), words);
    this.part("[data-ready-buttons]").hidden = !again;
  }

  /** Say why the pages on this phone can't be brought up to date, if the reader can do something about it. */
  async sayWhyStale(/** @type {unknown} */ error) {
    const code = codeOf(error);
    const words = this.part("[data-stale] p");
    this.part("[data-stale]").hidden = code !== "altered" && code !== "sign_in";
    if (code === "altered") say(words, await explain(error));
    if (code === "sign_in") sayToSignIn(words);
  }

  /** @param {{again?: boolean}} [options] */
  async showReady(options) {
    const pages = await cachedPages(locale());
    const error = pagesProblem();
    await this.sayWhyStale(pages ? error : null);
    if (lacksRoom(locale())) {
      const { noRoomWords } = await import("./no-room-words.js");
      return this.sayReady(noRoomWords(pages), { again: true });
    }
    if (!pages && codeOf(error) === "sign_in") {
      this.part("[data-ready-buttons]").hidden = false;
      return sayToSignIn(this.part("[data-ready] span"));
    }
    if (!pages && error) return this.sayReady(await explain(error), { again: true });
    if (!pages) return this.sayReady(gettext("Not ready yet. Stay online for a moment."), options);
    this.sayReady(
      ngettext(
        "Ready to use offline: the one page is here.",
        "Ready to use offline: all %(num)s pages are here.",
        pages,
      ),
    );
  }

  /** @param {Progress} progress */
  showProgress({ done, total }) {
    this.sayReady(gettext("Getting ready: %(done)s of %(total)s.", { done, total }));
  }

  async getReady() {
    try {
      const onProgress = (/** @type {Progress} */ progress) => this.showProgress(progress);
      await keepPages({ locale: locale(), onProgress, again: true });
    } catch (error) {
      console.info("pages were not brought up to date", error);
    }
    await Promise.all([this.showReady({ again: true }), this.showFigures()]);
  }

  /** Show the figures. If recordings arrive while they are read, they are read once more, however many arrive. */
  async showFigures() {
    this.isBehind = this.isLooking;
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      await this.#look();
    } finally {
      this.isLooking = false;
    }
    if (this.isBehind) await this.showFigures();
  }

  async #look() {
    const { pages, recordings, total } = await usage();
    const count = await cachedPages(locale());
    say(this.part("[data-total]"), gettext("%(size)s in all", { size: size(total) }));
    const sound = recordings.reduce((sum, { bytes }) => sum + bytes, 0);
    this.part("[data-figures]").replaceChildren(
      row(
        pgettext("what is kept on this phone", "Pages"),
        ngettext("%(num)s page, %(size)s", "%(num)s pages, %(size)s", count, { size: size(pages) }),
      ),
      row(
        pgettext("what is kept on this phone", "Recordings"),
        ngettext("%(num)s recording, %(size)s", "%(num)s recordings, %(size)s", recordings.length, {
          size: size(sound),
        }),
      ),
      row(pgettext("what is kept on this phone", "Notes"), await notesFact()),
    );
    if (recordings.length || this.hasList) (await this.#list()).show(recordings);
    await this.#offerCheck(recordings.length > 0);
  }

  /** Load the list of saved recordings. Most phones have none at first. */
  #list = once(async () => {
    const { SavedList } = await import("./saved-list.js");
    this.hasList = true;
    return new SavedList(this.part("[data-recordings]"), this.signal, () => this.showFigures());
  });

  /** Offer to check the saved recordings, if there are any. @param {boolean} isAnything */
  async #offerCheck(isAnything) {
    const section = this.part("[data-check]");
    if (isAnything && !this.hasCheck) {
      const { checkView } = await import("./check-section.js");
      checkView(section, this.signal);
      this.hasCheck = true;
    }
    section.hidden = !isAnything;
  }

  async showPersistence() {
    const kept = await isPersistent();
    say(
      this.part("[data-persistence]"),
      kept
        ? gettext("This phone will keep it until you remove it.")
        : gettext(
            "The browser may clear this away when the phone is short of room, or when you don’t open it for a while.",
          ),
    );
    this.part("[data-persist]").hidden = kept !== false;
    this.part("[data-safari]").hidden = platform() !== "ios" || isInstalled();
  }
}

/** Say that a sign-in in front of the service keeps pages from this phone. @param {HTMLElement} element */
function sayToSignIn(element) {
  say(element, signInWords());
  element.append(" ", signInLink());
}

/** @param {string} name @param {string} fact */
function row(name, fact) {
  const end = h("span", { class: "end", text: fact });
  const words = h("span", { class: "text" }, h("b", { text: name }));
  return h("li", {}, h("div", { class: "row" }, words, end));
}

/** Say why the pages are not here. @param {unknown} error */
async function explain(error) {
  const code = codeOf(error);
  // These words are at hand. Without a connection, no others can be fetched.
  if (!code) {
    return gettext("The service can’t be reached just now. Nothing is lost: try again in a while.");
  }
  return (await import("./obstacle-words.js")).obstacleWords(code);
}

/** Say how many notes there are. */
async function notesFact() {
  try {
    return notesText(await noteCount());
  } catch (error) {
    reportFailure("the notes could not be counted", error);
    return pgettext("instead of how many notes there are", "Can’t be opened");
  }
}

/** @param {number | null} count null while the lock is closed */
function notesText(count) {
  if (count === null) return pgettext("instead of how many notes there are", "Locked");
  return npgettext("how many notes there are", "%(num)s note", "%(num)s notes", count);
}

/**
 * Return the number of notes, or null while the lock is closed. The code that opens notes is large, so it is loaded
 * only if something was ever written.
 */
async function noteCount() {
  if (!hasEntries()) return 0;
  if (
    recall("lock") !== null &&
    (await import("../../session/lock-manager.js")).lockManager().isClosed
  )
    return null;
  const [{ vault }, { countNotes, rowsOf }] = await Promise.all([
    import("../../session/vault.js"),
    import("../../answers/rows.js"),
  ]);
  return countNotes(rowsOf(await (await vault()).list(), new Set()));
}
