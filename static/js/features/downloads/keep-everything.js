// The "Save everything on this phone" card. It shows one of these scenes: choosing, saving, paused, done, a
// question about mobile data, or that the list of recordings is unavailable.
import { isComputer } from "../../platform/device.js";
import { size } from "../../platform/dates.js";
import { h, href, icon, say } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { listSaved } from "../../downloads/recordings.js";
import { recall as recallListening } from "../../audio/preferences.js";
import { canStayAwake } from "../../platform/wake-lock.js";
import { likedVoice, soundsFor, soundsOfQueue } from "../../downloads/selection.js";
import { choiceFields } from "./choice-fields.js";
import { isMetered, isTold, isWifi, onConnection } from "../../downloads/connection.js";
import { Exercises } from "./exercises.js";
import { newestLibrary, soundsByAddress } from "../../downloads/library.js";
import { Notices } from "./notices.js";
import { itemsOf, missingOf, sumUp } from "../../downloads/overview.js";
import { readQueue } from "../../downloads/queue.js";
import { BuiltViews } from "./built-views.js";
import { downloads } from "../../downloads/manager.js";
import { signInLink } from "../../platform/sign-in.js";
import * as words from "./texts.js";

/** @typedef {import("../../downloads/selection.js").Choice} Choice */
/** @typedef {import("../../downloads/library.js").Library} Library */
/** @typedef {import("../../downloads/overview.js").Saved} Saved */
/** @typedef {import("../../downloads/shared-status.js").Status} Status */

export class DownloadsCard {
  /** @type {Library | null} */
  #library = null;
  /** @type {Saved[]} */
  #saved = [];
  /** @type {Choice} */
  #choice = { voice: "", every: false, short: false, others: [] };
  #isChoosing = false;
  /** What to do once the user agrees to mobile data. @type {(() => void) | null} */
  #onConsent = null;
  #exercises = new Exercises();
  #text = h("p", { "aria-hidden": "true" });
  #amount = h("span");
  #bar = h("progress", { class: "progress", "aria-labelledby": "keep-all-title" });
  #hint = h("p", { class: "small" });

  /**
   * @param {HTMLElement} place
   * @param {HTMLElement} notices
   * @param {AbortSignal} signal
   */
  constructor(place, notices, signal) {
    this.views = new BuiltViews(place);
    this.notices = new Notices(notices, (addresses) =>
      this.#begin((mobile) => downloads.enqueue(addresses, { mobile })),
    );
    this.signal = signal;
    this.isStoragePage = place.closest('[data-module="storage-settings"]') !== null;
  }

  async begin() {
    const { signal } = this;
    downloads.follow(() => this.#changed(), signal);
    document.addEventListener("recordings-changed", () => void this.#load(), { signal });
    // Saving may cost money now, or no longer.
    onConnection(() => void this.#load(), signal);
    await this.#load();
  }

  /** Load the library and the list of saved recordings, and show the scene that fits. */
  async #load() {
    // While something is being downloaded, the status holds all that is shown. Nothing has to be loaded.
    if (downloads.status && this.#library) return this.#render();
    try {
      this.#library = await newestLibrary();
    } catch {
      this.#library = null;
    }
    const sounds = this.#library && soundsByAddress(this.#library);
    this.#saved = await listSaved((url) => sounds?.get(url)?.sha256);
    if (this.#library && !this.#choice.voice) {
      const voice = likedVoice(this.#library, recallListening());
      this.#choice = readQueue().choice ?? { ...this.#choice, voice };
    }
    this.#render();
  }

  #changed() {
    if (downloads.status) this.#render();
    else void this.#load();
  }

  #render() {
    if (this.signal.aborted) return;
    const { state, choice, problem } = readQueue();
    const { status } = downloads;
    this.notices.show(this.#saved, this.#library, downloads.status !== null);
    if (status) this.#showRunning(status);
    else if (!this.#library) this.#showNothing();
    else if (this.#onConsent) this.#showQuestion(this.#onConsent);
    else if (state === "paused" && !this.#isChoosing) this.#showPaused(problem);
    else if (choice && state === "done" && !this.#isChoosing) this.#showDone();
    else this.#showChoosing(this.#library);
  }

  #showNothing() {
    this.views.show("nothing", () => [
      h("p", {
        text: gettext(
          "The list of recordings isn’t available without a connection. Open this page again when you are online.",
        ),
      }),
    ]);
  }

  /** @param {Library} library */
  #showChoosing(library) {
    const sum = h("p", { class: "sum" });
    const save = button("", () => this.#start(), "primary");
    const show = () => {
      const items = itemsOf(soundsFor(library, this.#choice), this.#saved);
      const { done, total } = sumUp(items);
      say(sum, words.choiceWords({ count: items.length, done, total }));
      save.hidden = done >= total;
      say(save, saveWords(total - done));
    };
    const changed = (/** @type {Choice} */ choice) => {
      this.#choice = choice;
      show();
      this.views.tell(sum.textContent ?? "");
    };
    const key = `choosing ${library.recordings.length} ${connectionWords()} ${bytesOf(this.#saved)}`;
    this.views.show(key, () => [
      h("p", { text: gettext("Save the recordings once, and they play with no signal.") }),
      ...choiceFields(library, this.#choice, changed),
      sum,
      h("p", { class: "small", text: connectionWords() }),
      h(
        "p",
        { class: "buttons" },
        save,
        readQueue().choice ? link(pgettext("button", "Back"), () => this.#goBack()) : "",
      ),
      h("p", {
        class: "small",
        text: gettext(
          "Browsers don’t say how much room is left. If it runs out, what’s saved stays, and this page will say so.",
        ),
      }),
    ]);
    show();
  }

  #start() {
    const choice = this.#choice;
    this.#begin((mobile) =>
      downloads.change({
        state: "going",
        also: requestedByName(),
        choice,
        without: [],
        only: "",
        mobile,
        problem: "",
      }),
    );
  }

  /**
   * Begin to save: at once, or after a question if it may cost money.
   * @param {(mobile: boolean) => void} set changes the queue; `mobile`: mobile data may be used
   */
  #begin(set) {
    this.#onConsent = isMetered()
      ? () => {
          this.#onConsent = null;
          set(true);
        }
      : null;
    this.#waitInstead = () => {
      this.#onConsent = null;
      // This answer counts for everything that is still to be saved.
      downloads.change({ anyway: [] });
      set(false);
    };
    this.#isChoosing = false;
    if (this.#onConsent) return this.#render();
    set(false);
  }

  /** Begin to save, but wait for Wi-Fi. @type {() => void} */
  #waitInstead = () => {};

  /** @param {() => void} onConsent */
  #showQuestion(onConsent) {
    const question = gettext(
      "This phone is on mobile data, or set to save data. Saving may cost money. Save now anyway?",
    );
    this.views.show("question", () => [
      h("p", { class: "notice warn" }, h("span", { text: question })),
      h(
        "p",
        { class: "buttons" },
        button(gettext("Wait for Wi-Fi"), () => this.#waitInstead(), "primary"),
        button(gettext("Save with mobile data"), onConsent),
      ),
    ]);
    this.views.tell(question);
  }

  /** @param {Status} status */
  #showRunning(status) {
    const { phase, elsewhere = false, tasks, done, total, current } = status;
    this.views.show(`running ${phase} ${elsewhere}`, () => [
      h(
        "div",
        { class: "meter" },
        this.#text,
        this.#bar,
        h("p", { class: "progress-line", "aria-hidden": "true" }, this.#amount),
      ),
      this.#hint,
      h(
        "p",
        { class: "buttons" },
        button(pgettext("button", "Pause saving"), () => downloads.pauseAll()),
        phase === "metered"
          ? link(gettext("Save with mobile data"), () => downloads.change({ mobile: true }))
          : "",
        phase === "sign_in" ? signInLink() : "",
      ),
      this.#exercises.element,
    ]);
    const text = words.phaseWords(status);
    say(this.#text, text);
    say(this.#amount, words.amountWords(status));
    say(this.#hint, hintWords(elsewhere));
    // While it waits, the screen isn't kept on, so the hint would be wrong.
    this.#hint.hidden = !elsewhere && phase !== "saving" && phase !== "looking";
    this.#bar.max = Math.max(1, total);
    this.#bar.value = done;
    this.#exercises.show(tasks, current);
    // Screen readers read each new phase, and each quarter of the whole.
    const quarter = total ? Math.floor((4 * done) / total) : 0;
    this.views.tell(`${text} ${words.amountWords(status)}`, `${phase} ${quarter}`);
  }

  /** @param {string} problem */
  #showPaused(problem) {
    const items = this.#items();
    const sum = sumUp(items);
    const text = problem ? words.stoppedWords(problem) : words.pausedWords(sum);
    const isFull = problem === "storage_full";
    this.views.show(`paused ${problem} ${sum.done}`, () => {
      this.#bar.max = Math.max(1, sum.total);
      this.#bar.value = sum.done;
      this.#exercises.show(items, "");
      return [
        h(
          "div",
          { class: "meter" },
          problem ? h("p", { class: "notice warn" }, h("span", { text })) : h("p", { text }),
          this.#bar,
          problem ? h("p", { class: "small", text: words.amountWords(sum) }) : "",
        ),
        h(
          "p",
          { class: "buttons" },
          button(gettext("Carry on saving"), () => this.#goOn(), "primary"),
          isFull && !this.isStoragePage ? storageLink() : "",
          link(pgettext("button", "Choose again"), () => this.#chooseAgain()),
        ),
        this.#exercises.element,
      ];
    });
    this.views.tell(text);
  }

  #goOn() {
    this.#begin((mobile) => downloads.change({ state: "going", only: "", mobile, problem: "" }));
  }

  #goBack() {
    this.#isChoosing = false;
    this.#render();
  }

  #chooseAgain() {
    this.#isChoosing = true;
    this.#render();
  }

  #showDone() {
    const items = this.#items();
    // Recordings with missing parts have a notice of their own.
    const lost = new Set(this.#saved.filter((recording) => recording.lost).map(({ url }) => url));
    const missing = missingOf(items).filter(({ sound }) => !lost.has(sound.address));
    const leftOut = missing.filter(({ sound }) => downloads.problemOf(sound.address));
    const others = items.filter(({ sound }) => !lost.has(sound.address));
    const { total, done: part } = sumUp(missing);
    const remaining = total - part;
    const text = !missing.length
      ? words.doneWords(others.length, sumUp(others).total)
      : leftOut.length
        ? words.leftOutWords(leftOut.length)
        : words.notHereWords(missing.length, remaining);
    this.views.show(`done ${text}`, () => {
      this.#exercises.show(
        items.map((item) => ({ ...item, problem: downloads.problemOf(item.sound.address) })),
        "",
      );
      const again = leftOut.length ? pgettext("button", "Try again") : saveWords(remaining);
      return [
        missing.length
          ? h("p", { text })
          : h("p", { class: "all-here" }, icon("check"), h("span", { text })),
        h(
          "p",
          { class: "buttons" },
          missing.length ? button(again, () => this.#goOn(), "primary") : "",
          link(pgettext("button", "Choose again"), () => this.#chooseAgain()),
        ),
        this.#exercises.element,
      ];
    });
    this.views.tell(text);
  }

  #items() {
    const library = /** @type {Library} */ (this.#library);
    const current = readQueue();
    return itemsOf(soundsOfQueue(library, current), this.#saved, current.also);
  }
}

/** Return the recordings in the queue that the user asked for one by one. */
function requestedByName() {
  const { also, anyway } = readQueue();
  return also.filter((address) => anyway.includes(address));
}

/** @param {Saved[]} saved */
function bytesOf(saved) {
  return saved.reduce((sum, { bytes }) => sum + bytes, 0);
}

function connectionWords() {
  if (isMetered()) {
    return gettext("This phone is on mobile data, or set to save data. You will be asked first.");
  }
  if (isWifi()) return gettext("This phone is on Wi-Fi.");
  if (isTold()) return gettext("You can pause it, and it carries on where it left off.");
  return gettext(
    "Without Wi-Fi this uses mobile data. You can pause it, and it carries on where it left off.",
  );
}

/** @param {boolean} elsewhere */
function hintWords(elsewhere) {
  if (elsewhere) return gettext("Another page of this app is saving. You can close this one.");
  return canStayAwake()
    ? gettext("The screen stays on while this page is open. You can go on using the app.")
    : gettext(
        "Keep the app open and the screen on. If you close it, saving carries on the next time you open it.",
      );
}

/**
 * @param {string} text
 * @param {() => void} onclick
 * @param {string} [kind] class of the button
 */
function button(text, onclick, kind = "nhsuk-button--secondary") {
  return h("button", { type: "button", class: `nhsuk-button ${kind}`, text, onclick });
}

/**
 * Make a button that looks like a link.
 * @param {string} text
 * @param {() => void} onclick
 */
function link(text, onclick) {
  return h("button", { type: "button", class: "link", text, onclick });
}

function storageLink() {
  return h("a", { href: href("settings/storage"), text: gettext("What is saved here") });
}

/** Return what the button says that saves so many bytes. @param {number} bytes */
function saveWords(bytes) {
  return isComputer()
    ? gettext("Save %(size)s on this computer", { size: size(bytes) })
    : gettext("Save %(size)s on this phone", { size: size(bytes) });
}
