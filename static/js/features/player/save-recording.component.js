// "Keep it on this phone": save a recording and show progress, pause, continue, remove. When the user goes to another
// page of the app, the session (downloads/manager.js) continues saving.
import { h, href } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { plan, planAlso, planned, planWithout } from "../../downloads/queue.js";
import { removeRecording, saveRecording, savedState } from "../../downloads/recordings.js";
import { soundsOf } from "../../audio/files.js";
import { KeepLine } from "./save-status.js";
import { isFull, problemWords } from "../../downloads/texts.js";

/** @typedef {import("../../audio/files.js").Sound} Sound */
/** @typedef {import("../../downloads/texts.js").State} State */
/** @typedef {typeof import("../../downloads/manager.js").session} Session */

/** @type {import("../../main.js").Start} */
export default async function start(section, signal) {
  const place = section.querySelector("[data-keep]");
  const page = section.closest("[data-slug]");
  if (!(place instanceof HTMLElement) || !(page instanceof HTMLElement)) return;
  // Private windows and plain HTTP have no service worker, which plays saved recordings. The download link remains.
  if (!("serviceWorker" in navigator)) return;
  const keeper = new Keeper(section, place, page, signal);
  const show = () => {
    // The player chooses the sound. It may start before or after this component.
    const sound = soundsOf(page).find(({ address }) => address === page.dataset.chosen);
    if (sound) void keeper.show(sound);
  };
  page.addEventListener("recording-chosen", show);
  signal.addEventListener("abort", () => keeper.handOver());
  // The session saves something, in this tab or in another one.
  if (planned().state === "going") await keeper.follow();
  show();
}

class Keeper {
  /** @type {Sound | undefined} */
  #sound;
  /** @type {AbortController | undefined} aborts the saving that this page has begun */
  #running;
  /** @type {Session | undefined} loaded only if it saves something */
  #session;
  /** Whether the session is saving the sound that is shown. */
  #isInSession = false;

  /** @param {Element} section @param {HTMLElement} place @param {HTMLElement} page @param {AbortSignal} signal */
  constructor(section, place, page, signal) {
    this.section = section;
    this.page = page;
    this.signal = signal;
    this.line = new KeepLine(place);
  }

  /** Show the progress of the session when it saves this recording. */
  async follow() {
    const { session } = await import("../../downloads/manager.js");
    this.#session = session;
    session.follow(() => this.#sessionChanged(), this.signal);
  }

  #sessionChanged() {
    const sound = this.#sound;
    const wasInSession = this.#isInSession;
    if (sound && this.#showSession(sound)) return this.#running?.abort();
    if (sound && wasInSession) void this.#showState(sound);
  }

  /** @param {Sound} sound @returns {boolean} whether the session is saving this sound */
  #showSession(sound) {
    const status = this.#session?.status;
    const task = status?.tasks.find((other) => other.sound.address === sound.address);
    this.#isInSession = status?.current === sound.address && task?.state !== "saved";
    if (!this.#isInSession || !task) return false;
    const state = status?.phase === "saving" ? "saving" : "waiting";
    const pause = () => {
      plan({ state: "paused", problem: "" });
      this.#session?.planChanged();
    };
    this.line.show(state, { done: task.bytes, size: task.size }, () => [
      button(pgettext("button", "Pause saving"), pause),
    ]);
    return true;
  }

  /** Let the session continue the saving that this page has begun: another page or another sound is shown. */
  async handOver() {
    const running = this.#running;
    if (!running || !this.#sound) return;
    const { address } = this.#sound;
    this.#running = undefined;
    running.abort();
    const { session } = await import("../../downloads/manager.js");
    // Without a plan to keep everything, allow mobile data: the user saw the size before pressing the button.
    planAlso([address], planned().choice ? {} : { mobile: true });
    session.begin();
    session.planChanged();
  }

  /** @param {Sound} sound */
  async show(sound) {
    const isSame = this.#sound?.address === sound.address;
    if (isSame && this.#running) return;
    void this.handOver();
    this.#sound = sound;
    for (const link of this.section.querySelectorAll("[data-audio]")) {
      if (!(link instanceof HTMLElement)) continue;
      link.removeAttribute("data-later");
      link.hidden = link.dataset.address !== sound.address;
    }
    if (this.#showSession(sound)) return;
    const { going } = await this.#showState(sound);
    // The page was closed while the recording was being saved. The user didn't pause it, so continue.
    if (going && this.#sound === sound && !this.#running) await this.save();
  }

  /** @param {Sound} sound @param {unknown} [error] why saving stopped */
  async #showState(sound, error) {
    const saved = await savedState(sound.address, sound.sha256);
    if (this.#sound !== sound) return saved;
    const state = saved.state === "saved" && saved.replaced ? "replaced" : saved.state;
    const size = saved.size || sound.bytes;
    const buttons = () => [
      ...this.#buttons(state, error !== undefined),
      ...(isFull(error) ? [storageLink()] : []),
    ];
    this.line.show(state, { done: saved.bytes, size }, buttons, problemWords(error));
    return saved;
  }

  /** @param {State} state @param {boolean} failed */
  #buttons(state, failed) {
    const again = pgettext("button", "Try again");
    const remove = button(gettext("Remove from this phone"), () => this.remove(), "quiet");
    const save = (/** @type {string} */ text) => button(text, () => this.save());
    switch (state) {
      case "checking":
        return [];
      case "saving":
      case "waiting":
        return [button(pgettext("button", "Pause saving"), () => this.#running?.abort())];
      case "partial":
        return [save(failed ? again : gettext("Go on saving")), remove];
      case "replaced":
        return [save(failed ? again : gettext("Save the newer one")), remove];
      case "saved":
        return [remove];
      case "none":
        return [save(failed ? again : gettext("Save on this phone"))];
    }
  }

  async save() {
    const sound = this.#sound;
    if (!sound) return;
    const running = new AbortController();
    this.#running = running;
    const isCurrent = () => this.#running === running;
    const onProgress = (
      /** @type {import("../../downloads/recordings.js").Progress} */ progress,
    ) => {
      if (!isCurrent()) return;
      const { bytes: done, size, waiting } = progress;
      const state = waiting ? "waiting" : done < size ? "saving" : "checking";
      this.line.show(state, { done, size }, () => this.#buttons(state, false));
    };
    const { bytes, size, replaced, newer } = await savedState(sound.address, sound.sha256);
    const initial = replaced
      ? { bytes: 0, size: sound.bytes }
      : { bytes, size: size || sound.bytes };
    onProgress(newer ?? initial);
    /** @type {unknown} */
    let problem;
    try {
      await saveRecording(this.#described(sound), { signal: running.signal, onProgress });
    } catch (error) {
      problem = running.signal.aborted ? undefined : error;
    }
    if (!isCurrent()) return;
    this.#running = undefined;
    if (this.#isInSession) return;
    await this.#showState(sound, problem);
    if (!running.signal.aborted && !problem) tellPlayer();
  }

  /** Return what has to be stored with the sound. @param {Sound} sound */
  #described(sound) {
    return {
      url: sound.address,
      captionsUrl: sound.captions,
      sha256: sound.sha256,
      size: sound.bytes,
      title: this.page.dataset.title ?? "",
      slug: this.page.dataset.slug ?? "",
      locale: sound.locale,
      version: sound.version,
      voice: sound.voice,
      voiceName: sound.voiceName,
    };
  }

  async remove() {
    const sound = this.#sound;
    if (!sound) return;
    planWithout([sound.address]);
    await removeRecording(sound.address);
    await this.#showState(sound);
    tellPlayer();
  }
}

/** Tell the player that the best address of the sound has changed: this phone or the server. */
function tellPlayer() {
  document.dispatchEvent(new CustomEvent("recording-kept"));
}

/** @param {string} text @param {() => void} onclick @param {string} [kind] */
function button(text, onclick, kind = "nhsuk-button--secondary") {
  return h("button", { type: "button", class: `nhsuk-button ${kind}`, text, onclick });
}

function storageLink() {
  return h("a", { href: href("settings/storage"), text: gettext("What is kept on this phone") });
}
