// "Save it on this phone": save a recording and show progress, pause, continue, remove. The download manager does the
// work, so saving continues when the user goes to another page of the app.
import { isComputer } from "../../platform/device.js";
import { reportFailure } from "../../platform/reopening.js";
import { soundsOf } from "../../audio/files.js";
import { exclude, readQueue } from "../../downloads/queue.js";
import { removeRecording, savedState } from "../../downloads/recordings.js";
import { signInLink } from "../../platform/sign-in.js";
import { problemWords, stateIn } from "../../downloads/texts.js";
import { h, href } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { obstacle } from "../../platform/keeping.js";
import { SaveStatus } from "./save-status.js";

/** @typedef {import("../../audio/files.js").Sound} Sound */
/** @typedef {import("../../downloads/texts.js").State} State */
/** @typedef {typeof import("../../downloads/manager.js").downloads} Downloads */

/** @type {import("../../platform/page.js").Start} */
export default async function start(section, signal) {
  const place = section.querySelector("[data-keep]");
  const page = section.closest("[data-slug]");
  if (!(place instanceof HTMLElement) || !(page instanceof HTMLElement)) return;
  // Where nothing can be kept, the download link remains.
  if (await obstacle()) return;
  const view = new SaveView(section, place, page, signal);
  const show = () => {
    // The player chooses the sound. It may start before or after this component.
    const sound = soundsOf(page).find(({ address }) => address === page.dataset.chosen);
    if (sound) void view.show(sound);
  };
  page.addEventListener("recording-chosen", show);
  document.addEventListener("recordings-changed", show, { signal });
  // Something is being saved, in this tab or in another one, or saving has failed.
  const { state, problem } = readQueue();
  if (state === "going" || problem) await view.follow();
  show();
}

class SaveView {
  /** @type {Sound | undefined} */
  #sound;
  /** @type {Downloads | undefined} loaded only when something is to be saved */
  #downloads;
  /** Whether the sound that is shown is being saved. */
  #isSaving = false;
  /** How much of it is saved. */
  #amount = { done: 0, size: 0 };

  /** @param {Element} section @param {HTMLElement} place @param {HTMLElement} page @param {AbortSignal} signal */
  constructor(section, place, page, signal) {
    this.section = section;
    this.page = page;
    this.signal = signal;
    this.status = new SaveStatus(place);
  }

  /** Show the progress of downloads from now on. @returns {Promise<Downloads>} */
  async follow() {
    const { downloads } = await import("../../downloads/manager.js");
    if (!this.#downloads) {
      this.#downloads = downloads;
      downloads.follow(() => this.#downloadsChanged(), this.signal);
    }
    return downloads;
  }

  #downloadsChanged() {
    const wasSaving = this.#isSaving;
    if (!this.#sound || this.#showProgress(this.#sound)) return;
    if (wasSaving) void this.#showState(this.#sound);
  }

  /** @param {Sound} sound @returns {boolean} whether this sound is being saved */
  #showProgress({ address, bytes }) {
    const status = this.#downloads?.status;
    const task = status?.tasks.find(({ sound }) => sound.address === address);
    const isCurrent = status?.current === address;
    // A requested recording shows that it will be saved even before it is its turn.
    const isQueued = isCurrent || this.#downloads?.isSaving([address]);
    this.#isSaving = Boolean(status && isQueued && task?.state !== "saved" && !task?.problem);
    if (!status || !this.#isSaving) return false;
    const { bytes: done, size } = task ?? {
      bytes: this.#amount.done,
      size: this.#amount.size || bytes,
    };
    const state = stateOf(status.phase, isCurrent && done === size);
    this.#amount = { done, size };
    this.status.show(state, this.#amount, () => this.#buttons(state, false));
    return true;
  }

  /** @param {Sound} sound */
  async show(sound) {
    this.#sound = sound;
    for (const link of this.section.querySelectorAll("[data-audio]")) {
      if (!(link instanceof HTMLElement)) continue;
      link.removeAttribute("data-later");
      link.hidden = link.dataset.address !== sound.address;
    }
    if (!this.#showProgress(sound)) await this.#showState(sound);
  }

  /** @param {Sound} sound @param {string} [failure] code of an error */
  async #showState(sound, failure) {
    const saved = await savedState(sound.address, sound.sha256);
    if (this.#sound !== sound || this.#showProgress(sound)) return;
    const isReplaced = saved.state === "saved" && saved.replaced;
    const state = isReplaced ? "replaced" : saved.state;
    const problem = failure ?? (state === "saved" ? "" : this.#problemOf(sound));
    this.#amount = { done: saved.bytes, size: saved.size || sound.bytes };
    const buttons = () => [
      ...this.#buttons(state, problem !== ""),
      ...(problem === "storage_full" ? [storageLink()] : []),
    ];
    this.status.show(state, this.#amount, buttons, problemWords(problem));
  }

  /** @param {Sound} sound */
  #problemOf({ address }) {
    return this.#downloads?.problemOf(address) ?? "";
  }

  /** @param {State} state @param {boolean} failed */
  #buttons(state, failed) {
    const again = pgettext("button", "Try again");
    const removal = isComputer()
      ? gettext("Remove from this computer")
      : gettext("Remove from this phone");
    const remove = button(removal, () => this.remove(), "quiet");
    const save = (/** @type {string} */ text) => button(text, () => this.save());
    switch (state) {
      case "checking":
        return [];
      case "unreachable":
      case "foreign":
      case "no_parts":
        return [save(again), this.#pauseButton()];
      case "sign_in":
        return [save(again), this.#pauseButton(), signInLink()];
      case "saving":
      case "waiting":
        return [this.#pauseButton()];
      case "partial":
        return [save(failed ? again : gettext("Carry on saving")), remove];
      case "replaced":
        return [save(failed ? again : gettext("Save the newer one")), remove];
      case "saved":
        return [remove];
      case "none":
        if (failed) return [save(again)];
        return [
          save(isComputer() ? gettext("Save on this computer") : gettext("Save on this phone")),
        ];
    }
  }

  #pauseButton() {
    return button(pgettext("button", "Pause saving"), async () => {
      const downloads = await this.follow();
      if (this.#sound) downloads.pause([this.#sound.address]);
    });
  }

  async save() {
    const sound = this.#sound;
    if (!sound) return;
    const { seconds: _, ...file } = sound;
    const { title = "", slug = "" } = this.page.dataset;
    this.status.show("saving", this.#amount, () => this.#buttons("saving", false));
    try {
      (await this.follow()).request([{ ...file, title, slug }]);
    } catch (error) {
      // The download manager could not be loaded.
      reportFailure("saving did not start", error);
      await this.#showState(sound, "unexpected");
    }
  }

  async remove() {
    const sound = this.#sound;
    if (!sound) return;
    const downloads = readQueue().state === "going" ? await this.follow() : this.#downloads;
    (downloads ?? { exclude }).exclude([sound.address]);
    await removeRecording(sound.address);
    await this.#showState(sound);
    // The player has to play it from the server now.
    document.dispatchEvent(new CustomEvent("recordings-changed"));
  }
}

/**
 * @param {import("../../downloads/shared-status.js").Phase} phase
 * @param {boolean} isComplete all bytes have arrived
 */
function stateOf(phase, isComplete) {
  const state = stateIn(phase);
  return state === "saving" && isComplete ? "checking" : state;
}

/** @param {string} text @param {() => void} onclick @param {string} [kind] */
function button(text, onclick, kind = "nhsuk-button--secondary") {
  return h("button", { type: "button", class: `nhsuk-button ${kind}`, text, onclick });
}

function storageLink() {
  return h("a", { href: href("settings/storage"), text: gettext("What is saved here") });
}
