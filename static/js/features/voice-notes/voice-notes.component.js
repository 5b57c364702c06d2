// The page on which people record voice notes, usually their own compassionate letter. It shows one of these views:
// ready (before recording), recording, review (listening and deciding), one stored voice note. The address (#id) and
// the user's actions decide which one.
import { reportFailure } from "../../platform/reopening.js";
import { TemplateViews, onSubmit } from "../../platform/template-views.js";
import { holdBusy } from "../../platform/busy.js";
import { confirmed } from "../../platform/confirm.js";
import { past } from "../../platform/dates.js";
import { toast } from "../../platform/dom.js";
import { once } from "../../platform/once.js";
import { saveBeforeLeaving } from "../../platform/leaving.js";
import { hasEntries } from "../../platform/storage.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { whyNoMicrophone } from "./microphone-problems.js";
import { ReadyView } from "./ready-view.js";
import { RecordingView } from "./recording-view.js";
import { hasVoiceNotes, rememberVoiceNotes } from "./hint.js";
import { mediaRecorder, MicrophoneError, openMicrophone } from "./microphone.js";
import { openVoiceNotes } from "./open.js";
import { tell } from "./rows.js";
import { explainOn } from "../../session/trouble.js";
import { nameOf, usualName, whyStopped } from "./texts.js";

/** @import { View } from "../../platform/template-views.js" */
/** @import { Take, VoiceNote, VoiceNotes } from "../../data/voice-notes.js" */
/** @import { Ending } from "./recorder.js" */

/** The reader started a shorter recording by mistake. The page removes it. In ms. */
const SHORTEST = 500;

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  await new VoiceNotesPage(page, signal).route();
}

class VoiceNotesPage {
  #views;
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
    this.#views = new TemplateViews(page, signal);
    addEventListener("hashchange", () => void this.route(), { signal });
  }

  /** Show what the address names, unless a recording is being made or decided on. */
  async route() {
    if (this.#isBusy) return;
    const id = location.hash.slice(1);
    await this.#try(() => (id ? this.showOne(id) : this.showReady()));
  }

  /** @param {{said?: string, kept?: boolean}} [news] `said`: why there is no recording; `kept`: one was just stored */
  async showReady({ said, kept = false } = {}) {
    this.#isBusy = false;
    const listed = hasVoiceNotes() ? await (await openVoiceNotes()).list() : null;
    if (listed) rememberVoiceNotes(Object.values(listed).some(({ length }) => length));
    this.#written = hasEntries() ? await readLetter().catch(() => []) : [];
    if (this.signal.aborted) return;
    const view = this.#show("ready", { record: () => void this.#try(() => this.record()) });
    const readyView = new ReadyView(view, this.#isToBeRead, (isOn) => (this.#isToBeRead = isOn));
    readyView.offerLetter(this.#written.length > 0);
    readyView.list(listed, {
      listen: (voiceNote) => this.#try(() => this.review(voiceNote, "cut")),
      discard: async (id) => {
        if (await this.#mayDiscard()) await this.#try(() => this.#remove(id));
      },
    });
    if (said) readyView.tell(said);
    if (kept) view.find("[data-kept] h2").focus();
  }

  async record() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const sources = await this.#open();
    if (!sources) return;
    const view = this.#show("recording", {
      pause: () => recordingView.pause(),
      resume: () => recordingView.resume(),
      stop: () => recordingView.stop(),
    });
    const releaseBusy = holdBusy();
    // It is needed as soon as the recording ends. If it can't be had now, that is said then.
    loadPlayback().catch(() => {});
    /** @type {(why: Ending) => void} */
    let end = () => {};
    /** @type {Promise<Ending>} */
    const ended = new Promise((resolve) => (end = resolve));
    const recordingView = new RecordingView(view, sources, (why) => end(why));
    // The microphone closes when the page's content is replaced. Store what was recorded first.
    const leave = async () => {
      recordingView.stop();
      await ended;
      return true;
    };
    saveBeforeLeaving(leave, this.signal);
    this.signal.addEventListener("abort", leave);
    recordingView.begin(this.#isToBeRead ? this.#written : []);
    const why = await ended;
    releaseBusy();
    await this.#try(() => this.#decide(sources.take, why));
  }

  /** Open the microphone and a new voice note to record into. If that fails, show why and return undefined. */
  async #open() {
    try {
      const stream = await openMicrophone();
      try {
        const machine = mediaRecorder(stream);
        const take = await (await openVoiceNotes()).begin(machine.mimeType || "audio/webm");
        rememberVoiceNotes(true);
        if (!this.signal.aborted) return { stream, machine, take };
        take.release();
        throw new DOMException("The page is gone", "AbortError");
      } catch (error) {
        for (const track of stream.getTracks()) track.stop();
        throw error;
      }
    } catch (error) {
      if (!this.signal.aborted) await this.showReady({ said: whyNot(error) });
      return undefined;
    }
  }

  /** Show the recording to decide on, or remove it if it is too short. @param {Take} take @param {Ending} why */
  async #decide(take, why) {
    const { voiceNote } = take;
    this.signal.addEventListener("abort", () => take.release());
    if (this.signal.aborted) return take.release();
    if (voiceNote.pieces && voiceNote.ms >= SHORTEST) return this.review(voiceNote, why, take);
    take.release();
    await (await openVoiceNotes()).remove(voiceNote.id);
    await this.showReady({ said: whyNothing(why) });
  }

  /**
   * @param {VoiceNote} voiceNote
   * @param {Ending | "cut"} why
   * @param {Take} [take] given if this tab has just recorded the voice note
   */
  async review(voiceNote, why, take) {
    this.#isBusy = true;
    const discard = async () => {
      if (!(await this.#mayDiscard())) return false;
      take?.release();
      await (await openVoiceNotes()).remove(voiceNote.id);
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
          if (await discard()) await this.#backToReady();
        }),
    });
    const reason = whyStopped(why);
    view.find("[data-why]").hidden = !reason;
    view.find("[data-why] p").textContent = reason;
    showNameHint(view, voiceNote);
    onSubmit(view, () => this.#keep(view, voiceNote, take));
    await this.#play(view, voiceNote);
  }

  /**
   * Keep the voice note under the name in the form.
   * @param {View} view
   * @param {VoiceNote} voiceNote
   * @param {Take} [take]
   */
  async #keep(view, voiceNote, take) {
    const name = nameIn(view);
    try {
      await (await openVoiceNotes()).change(voiceNote.id, { name, state: "kept" });
    } catch (error) {
      reportFailure("the voice note was not kept", error);
      const problem = view.find("[data-problem-keeping]");
      problem.textContent = whyNot(error);
      problem.hidden = false;
      return;
    }
    take?.release();
    await this.#try(() => this.#backToReady(true));
    toast(gettext("Saved on this phone."));
  }

  /** @param {boolean} [kept] */
  async #backToReady(kept = false) {
    // Take the voice note's id out of the address.
    history.replaceState(history.state, "", location.pathname);
    await this.showReady({ kept });
  }

  /** Show one stored voice note. @param {string} id */
  async showOne(id) {
    const [voiceNotes] = await Promise.all([openVoiceNotes(), loadPlayback()]);
    const { voiceNote } = await voiceNotes.read(id).catch(async (error) => {
      if (error?.code !== "voice_note_missing") throw error;
      return { voiceNote: null };
    });
    if (this.signal.aborted) return;
    if (!voiceNote)
      return this.showReady({ said: gettext("That recording is no longer on this phone.") });
    const view = this.#show("voice-note", {
      download: () => playback?.download(fileName(voiceNote)),
      delete: () => this.#try(() => this.#delete(voiceNote)),
    });
    tell(view.element, voiceNote);
    showNameHint(view, voiceNote);
    /** @type {HTMLInputElement} */ (view.find("input")).value = voiceNote.name;
    onSubmit(view, () => this.#try(() => this.#rename(view, voiceNotes, voiceNote)));
    const playback = await this.#play(view, voiceNote);
  }

  /** @param {View} view @param {VoiceNotes} voiceNotes @param {VoiceNote} voiceNote */
  async #rename(view, voiceNotes, voiceNote) {
    const renamed = await voiceNotes.change(voiceNote.id, { name: nameIn(view) });
    tell(view.element, renamed);
    const details = /** @type {HTMLDetailsElement} */ (view.find("[data-rename]"));
    details.open = false;
    details.querySelector("summary")?.focus();
    toast(pgettext("short message", "Renamed."));
  }

  /** @param {VoiceNote} voiceNote */
  async #delete(voiceNote) {
    const question = {
      title: pgettext("question before a recording is deleted", "Delete “%(name)s”?", {
        name: nameOf(voiceNote),
      }),
      texts: [gettext("There is no other copy of it. It can’t be brought back.")],
      yes: pgettext("button", "Delete"),
    };
    if (!(await confirmed(question, this.signal))) return;
    await (await openVoiceNotes()).remove(voiceNote.id);
    await this.#backToReady();
    toast(pgettext("short message", "Deleted."));
  }

  /** @param {string} id */
  async #remove(id) {
    await (await openVoiceNotes()).remove(id);
    await this.showReady();
  }

  #mayDiscard() {
    const question = {
      title: gettext("Throw this recording away?"),
      texts: [gettext("There is no other copy of it. It can’t be brought back.")],
      yes: pgettext("button: deletes the recording", "Throw it away"),
    };
    return confirmed(question, this.signal);
  }

  /** @param {View} view @param {VoiceNote} voiceNote */
  async #play(view, voiceNote) {
    const { Playback } = await loadPlayback();
    const playback = new Playback(view.find(".player"), voiceNote, view.signal);
    const { sound } = await (await openVoiceNotes()).read(voiceNote.id);
    if (!view.signal.aborted) await playback.load(sound);
    return playback;
  }

  /**
   * @param {"ready" | "recording" | "review" | "voice-note" | "failed"} name
   * @param {Record<string, () => unknown>} [actions]
   */
  #show(name, actions) {
    const isFirst = this.#views.shown === "";
    const view = this.#views.show(name, actions);
    const part = (/** @type {string} */ selector) =>
      /** @type {HTMLElement} */ (this.page.querySelector(selector));
    part("[data-head]").hidden = name === "voice-note";
    part("[data-lead]").hidden = name !== "ready";
    const heading = view.element.querySelector(":is(h1, h2)[tabindex]");
    const target = name === "ready" ? part("h1") : heading;
    if (!isFirst && target instanceof HTMLElement) target.focus();
    return view;
  }

  /** Do some work. If it fails, show the view "failed". @param {() => unknown} work */
  async #try(work) {
    try {
      await work();
    } catch (error) {
      if (this.signal.aborted) return;
      reportFailure("voice notes can't be used", error);
      this.#isBusy = false;
      const view = this.#show("failed");
      const text = view.find("[data-text]");
      text.textContent = gettext(
        "What you recorded could not be opened. Close this page and open it again. Nothing has been deleted.",
      );
      text.focus();
      explainOn(view.element, error);
    }
  }
}

/** Say what the voice note is called without a name. @param {View} view @param {VoiceNote} voiceNote */
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
 * @param {VoiceNote} voiceNote
 */
function fileName({ created }) {
  return `recording-${new Date(past(created)).toISOString().slice(0, 10)}`;
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
  reportFailure("recording did not begin", error);
  return gettext("Nothing can be stored here just now. The page “My notes” says why.");
}

/** Load what plays a voice note. */
const loadPlayback = once(() => import("./playback.js"));

/** Read the written letter. @returns {Promise<string[]>} its paragraphs */
async function readLetter() {
  return (await import("./written-letter.js")).writtenLetter();
}
