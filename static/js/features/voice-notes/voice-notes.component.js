// The page on which people record their own kind letter. It shows one of these views: before recording, while
// recording, listening and deciding, one stored recording. The address (#id) and the user's actions decide which one.
import { Stage, onSubmit } from "../../platform/views.js";
import { holdBusy } from "../../platform/busy.js";
import { confirmed } from "../../platform/confirm.js";
import { toast } from "../../platform/dom.js";
import { keepBeforeLeaving } from "../../platform/leaving.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { whyNoMicrophone } from "./microphone-problems.js";
import { Begin } from "./ready-view.js";
import { Going } from "./recording-view.js";
import { hasLetters, rememberLetters } from "./hint.js";
import { mediaRecorder, MicrophoneError, openMicrophone } from "./microphone.js";
import { openLetters } from "./open.js";
import { Playback } from "./playback.js";
import { tell } from "./rows.js";
import { nameOf, usualName, whyStopped } from "./texts.js";
import { writtenLetter } from "./written-letter.js";

/** @import { View } from "../../platform/views.js" */
/** @import { Letter, Letters, Take } from "../../data/voice-notes.js" */
/** @import { Ending } from "./recorder.js" */

/** A shorter recording was started by mistake, and is removed. In ms. */
const SHORTEST = 500;

/** @type {import("../../main.js").Start} */
export default async function start(page, signal) {
  await new OwnVoice(page, signal).route();
}

class OwnVoice {
  #stage;
  /** True from the tap on Record until the user has decided what happens to the recording. */
  #isBusy = false;
  /** @type {string[]} paragraphs of the letter that was written on its worksheet */
  #written = [];
  /** Whether that letter is shown while recording. */
  #isToBeRead = true;

  /** @param {HTMLElement} page @param {AbortSignal} signal */
  constructor(page, signal) {
    this.page = page;
    this.signal = signal;
    this.#stage = new Stage(page, signal);
    addEventListener("hashchange", () => void this.route(), { signal });
  }

  /** Show what the address names, unless a recording is being made or decided on. */
  async route() {
    if (this.#isBusy) return;
    const id = location.hash.slice(1);
    await this.#try(() => (id ? this.one(id) : this.begin()));
  }

  /** @param {{said?: string, kept?: boolean}} [news] `said`: why there is no recording; `kept`: one was just stored */
  async begin({ said, kept = false } = {}) {
    this.#isBusy = false;
    const listed = hasLetters() ? await (await openLetters()).list() : null;
    if (listed) rememberLetters(Object.values(listed).some(({ length }) => length));
    this.#written = await writtenLetter().catch(() => []);
    if (this.signal.aborted) return;
    const view = this.#show("begin", { record: () => void this.#try(() => this.record()) });
    const begin = new Begin(view, this.#isToBeRead, (isOn) => (this.#isToBeRead = isOn));
    begin.offerLetter(this.#written.length > 0);
    begin.list(listed, {
      listen: (letter) => this.#try(() => this.review(letter, "cut")),
      discard: async (id) => {
        if (await this.#mayDiscard()) await this.#try(() => this.#remove(id));
      },
    });
    if (said) begin.tell(said);
    if (kept) view.find("[data-kept] h2").focus();
  }

  async record() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const sources = await this.#open();
    if (!sources) return;
    const view = this.#show("going", {
      pause: () => going.pause(),
      resume: () => going.resume(),
      stop: () => going.stop(),
    });
    const releaseBusy = holdBusy();
    /** @type {(why: Ending) => void} */
    let end = () => {};
    /** @type {Promise<Ending>} */
    const ended = new Promise((resolve) => (end = resolve));
    const going = new Going(view, sources, (why) => end(why));
    // The microphone closes when the page's content is replaced. Store what was recorded first.
    const leave = async () => {
      going.stop();
      await ended;
      return true;
    };
    keepBeforeLeaving(leave, this.signal);
    this.signal.addEventListener("abort", leave);
    going.begin(this.#isToBeRead ? this.#written : []);
    const why = await ended;
    releaseBusy();
    await this.#try(() => this.#decide(sources.take, why));
  }

  /** Open the microphone and a new letter to record into. If that fails, show why and return undefined. */
  async #open() {
    try {
      const stream = await openMicrophone();
      try {
        const machine = mediaRecorder(stream);
        const take = await (await openLetters()).begin(machine.mimeType || "audio/webm");
        rememberLetters(true);
        if (!this.signal.aborted) return { stream, machine, take };
        take.release();
        throw new DOMException("The page is gone", "AbortError");
      } catch (error) {
        for (const track of stream.getTracks()) track.stop();
        throw error;
      }
    } catch (error) {
      if (!this.signal.aborted) await this.begin({ said: whyNot(error) });
      return undefined;
    }
  }

  /** Show the recording to decide on, or remove it if it is too short. @param {Take} take @param {Ending} why */
  async #decide(take, why) {
    const { letter } = take;
    this.signal.addEventListener("abort", () => take.release());
    if (this.signal.aborted) return take.release();
    if (letter.pieces && letter.ms >= SHORTEST) return this.review(letter, why, take);
    take.release();
    await (await openLetters()).remove(letter.id);
    await this.begin({ said: whyNothing(why) });
  }

  /**
   * @param {Letter} letter
   * @param {Ending | "cut"} why
   * @param {Take} [take] given if this tab has just recorded the letter
   */
  async review(letter, why, take) {
    this.#isBusy = true;
    const discard = async () => {
      if (!(await this.#mayDiscard())) return false;
      take?.release();
      await (await openLetters()).remove(letter.id);
      return true;
    };
    const view = this.#show("review", {
      again: () =>
        this.#try(async () => {
          if (!(await discard())) return;
          this.#isBusy = false;
          await this.record();
        }),
      discard: () =>
        this.#try(async () => {
          if (await discard()) await this.#backToBegin();
        }),
    });
    const reason = whyStopped(why);
    view.find("[data-why]").hidden = !reason;
    view.find("[data-why] p").textContent = reason;
    showNameHint(view, letter);
    onSubmit(view, () => this.#keep(view, letter, take));
    await this.#play(view, letter);
  }

  /** Store the recording under the name in the form. @param {View} view @param {Letter} letter @param {Take} [take] */
  async #keep(view, letter, take) {
    const name = nameIn(view);
    try {
      await (await openLetters()).change(letter.id, { name, state: "kept" });
    } catch (error) {
      console.error("the recording was not kept", error);
      const problem = view.find("[data-problem-keeping]");
      problem.textContent = whyNot(error);
      problem.hidden = false;
      return;
    }
    take?.release();
    await this.#try(() => this.#backToBegin(true));
    toast(gettext("Kept on this phone."));
  }

  /** @param {boolean} [kept] */
  async #backToBegin(kept = false) {
    // Take the recording's id out of the address.
    history.replaceState(history.state, "", location.pathname);
    await this.begin({ kept });
  }

  /** Show one stored recording. @param {string} id */
  async one(id) {
    const letters = await openLetters();
    const { letter } = await letters.read(id).catch(async (error) => {
      if (error?.code !== "letter_missing") throw error;
      return { letter: null };
    });
    if (this.signal.aborted) return;
    if (!letter) return this.begin({ said: gettext("That recording is no longer on this phone.") });
    const view = this.#show("letter", {
      download: () => playback?.download(fileName(letter)),
      delete: () => this.#try(() => this.#delete(letter)),
    });
    tell(view.element, letter);
    showNameHint(view, letter);
    /** @type {HTMLInputElement} */ (view.find("input")).value = letter.name;
    onSubmit(view, () => this.#try(() => this.#rename(view, letters, letter)));
    const playback = await this.#play(view, letter);
  }

  /** @param {View} view @param {Letters} letters @param {Letter} letter */
  async #rename(view, letters, letter) {
    const renamed = await letters.change(letter.id, { name: nameIn(view) });
    tell(view.element, renamed);
    const details = /** @type {HTMLDetailsElement} */ (view.find("[data-rename]"));
    details.open = false;
    details.querySelector("summary")?.focus();
    toast(pgettext("short message", "Renamed."));
  }

  /** @param {Letter} letter */
  async #delete(letter) {
    const question = {
      title: pgettext("question before a recording is deleted", "Delete “%(name)s”?", {
        name: nameOf(letter),
      }),
      texts: [gettext("There is no other copy of it. It can’t be brought back.")],
      yes: pgettext("button", "Delete"),
    };
    if (!(await confirmed(question, this.signal))) return;
    await (await openLetters()).remove(letter.id);
    await this.#backToBegin();
    toast(pgettext("short message", "Deleted."));
  }

  /** @param {string} id */
  async #remove(id) {
    await (await openLetters()).remove(id);
    await this.begin();
  }

  #mayDiscard() {
    const question = {
      title: gettext("Throw this recording away?"),
      texts: [gettext("There is no other copy of it. It can’t be brought back.")],
      yes: pgettext("button: deletes the recording", "Throw it away"),
    };
    return confirmed(question, this.signal);
  }

  /** @param {View} view @param {Letter} letter */
  async #play(view, letter) {
    const playback = new Playback(view.find(".player"), letter, view.signal);
    const { sound } = await (await openLetters()).read(letter.id);
    if (!view.signal.aborted) await playback.load(sound);
    return playback;
  }

  /**
   * @param {"begin" | "going" | "review" | "letter" | "failed"} name
   * @param {Record<string, () => unknown>} [actions]
   */
  #show(name, actions) {
    const isFirst = this.#stage.shown === "";
    const view = this.#stage.show(name, actions);
    const part = (/** @type {string} */ selector) =>
      /** @type {HTMLElement} */ (this.page.querySelector(selector));
    part("[data-head]").hidden = name === "letter";
    part("[data-lead]").hidden = name !== "begin";
    const heading = view.element.querySelector(":is(h1, h2)[tabindex]");
    const target = name === "begin" ? part("h1") : heading;
    if (!isFirst && target instanceof HTMLElement) target.focus();
    return view;
  }

  /** Do some work. If it fails, show the view "failed". @param {() => unknown} work */
  async #try(work) {
    try {
      await work();
    } catch (error) {
      if (this.signal.aborted) return;
      console.error("own recordings can't be used", error);
      this.#isBusy = false;
      const text = this.#show("failed").find("[data-text]");
      text.textContent = gettext(
        "What you recorded could not be opened. Close this page and open it again. Nothing has been deleted.",
      );
      text.focus();
    }
  }
}

/** Say what the recording is called without a name. @param {View} view @param {Letter} letter */
function showNameHint(view, { created }) {
  view.find("[data-name-hint]").textContent = gettext("Left empty, it is called “%(name)s”.", {
    name: usualName(created),
  });
}

/** @param {View} view */
function nameIn(view) {
  return /** @type {HTMLInputElement} */ (view.find("input[name=name]")).value.trim();
}

/**
 * Return a name that says nothing but the day: on a shared phone, anyone can see the downloads.
 * @param {Letter} letter
 */
function fileName({ created }) {
  return `recording-${new Date(created).toISOString().slice(0, 10)}`;
}

/** Say why nothing was recorded. @param {Ending} why */
function whyNothing(why) {
  if (why === "lost") return whyNoMicrophone("busy");
  if (why === "asked" || why === "limit") return gettext("That was too short to hear anything.");
  return whyNot({ code: why === "full" ? "storage_full" : why });
}

/** Say what stopped recording or storing. @param {unknown} error */
function whyNot(error) {
  if (error instanceof MicrophoneError) return whyNoMicrophone(error.reason);
  const { code } = /** @type {{code?: string}} */ (error);
  if (code === "storage_full") {
    return gettext("This phone has no room left. Settings, Storage shows what takes up room.");
  }
  console.error("recording did not begin", error);
  return gettext("Nothing can be stored here just now. In a private window, that is always so.");
}
