// Voices in other languages than the page: which there are, what is said of them, and the words as
// they are spoken or in the page's language.
import { say } from "../lib/dom.js";
import { gettext, locale } from "../lib/messages.js";
import { choose } from "./choices.js";
import { recall } from "./memory.js";
import { favourite, voiceOf } from "./voices.js";

/** @typedef {import("./files.js").Sound} Sound */
/** @typedef {{recording: {sounds: Sound[]}, chooseVoice: (value: string) => void}} Player */

export class Languages {
  #page;
  /** The language of the voices that come first here. */
  #own;
  #ownName;

  /** @param {HTMLElement} page @param {Player} player */
  constructor(page, player) {
    this.#page = page;
    this.#own = player.recording.sounds[0].locale;
    this.#ownName = page.dataset.language ?? this.#own;
    for (const button of this.#all("[data-also]")) {
      button.addEventListener("click", () => {
        const isOn = button.getAttribute("aria-pressed") === "true";
        player.chooseVoice(isOn ? this.#ownVoice(player) : (button.dataset.also ?? ""));
      });
    }
  }

  /** The voice that speaks the first language here. @param {Player} player */
  #ownVoice({ recording }) {
    const own = recording.sounds.filter((sound) => sound.locale === this.#own);
    return favourite(own, { voices: recall().voices });
  }

  /** How a voice is written in the choice: "george", or "es/dora" in another language. @param {Sound} sound */
  valueOf(sound) {
    return sound.locale === this.#own ? sound.voice : voiceOf(sound);
  }

  /** @param {string} value of the choice */
  voiceOf(value) {
    return value.includes("/") ? value : `${this.#own}/${value}`;
  }

  /** Whether a sound speaks another language than the page. @param {Sound} sound */
  isForeign(sound) {
    return sound.locale !== locale();
  }

  /** @param {Sound} sound @param {{asSpoken: boolean, isMine: boolean}} how */
  show(sound, { asSpoken, isMine }) {
    const isForeign = this.isForeign(sound);
    for (const button of this.#all("[data-also]")) {
      const isSpoken = button.dataset.also?.split("/")[0] === sound.locale;
      button.setAttribute("aria-pressed", String(isSpoken));
    }
    for (const line of this.#all("[data-voice-line]")) {
      line.hidden = !isForeign || asSpoken;
      say(
        line,
        gettext("The voice speaks %(language)s. The words follow it in your language.", {
          language: nameOf(sound.locale),
        }),
      );
    }
    for (const choice of this.#all("[data-words-choice]")) {
      // The captions are only here once it is loaded.
      choice.hidden = !isForeign || !isMine || !sound.captions;
      const label = choice.querySelector("[data-spoken-name]");
      if (label instanceof HTMLElement) {
        label.textContent = this.#ownNameOf(sound.locale);
        label.lang = sound.locale;
      }
      choose(this.#page, "words", asSpoken ? "spoken" : "own");
    }
    for (const line of this.#all("[data-words-problem]")) line.textContent = "";
  }

  /** The words as they are spoken can't be had. */
  refuse() {
    choose(this.#page, "words", "own");
    for (const line of this.#all("[data-words-problem]")) {
      say(line, gettext("The words in that language could not be fetched."));
    }
  }

  /** Its own name for itself. @param {string} tag */
  #ownNameOf(tag) {
    return this.#page.querySelector(`[data-also][lang="${tag}"]`)?.textContent ?? this.#ownName;
  }

  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  #all(selector) {
    return this.#page.querySelectorAll(selector);
  }
}

/** The name of a language in the reader's own. @param {string} tag */
function nameOf(tag) {
  return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
}
