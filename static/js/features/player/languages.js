// Voices in another language than the page. Shows which voice is in use, and lets the reader choose between
// the transcript in the page's language and in the language of the voice.
import { say } from "../../platform/dom.js";
import { gettext, languageName, locale } from "../../platform/i18n.js";
import { choose } from "./choices.js";
import { recall } from "../../audio/preferences.js";
import { favourite, voiceOf } from "../../audio/voices.js";

/** @typedef {import("../../audio/files.js").Sound} Sound */
/** @typedef {{recording: {sounds: Sound[]}, chooseVoice: (value: string) => void}} Player */

export class Languages {
  #page;
  /** The language of the page's first voices. Their values in the voice select have no language prefix. */
  #ownLocale;
  #ownName;

  /** @param {HTMLElement} page @param {Player} player */
  constructor(page, player) {
    this.#page = page;
    this.#ownLocale = player.recording.sounds[0].locale;
    this.#ownName = page.dataset.language ?? this.#ownLocale;
    for (const button of this.#all("[data-also]")) {
      button.addEventListener("click", () => {
        const isOn = button.getAttribute("aria-pressed") === "true";
        player.chooseVoice(isOn ? this.#ownVoice(player) : (button.dataset.also ?? ""));
      });
    }
  }

  /** Return the preferred voice in the page's first language. @param {Player} player */
  #ownVoice({ recording }) {
    const own = recording.sounds.filter((sound) => sound.locale === this.#ownLocale);
    return favourite(own, { voices: recall().voices });
  }

  /** Return a voice's value in the select: "george", or "es/dora" in another language. @param {Sound} sound */
  valueOf(sound) {
    return sound.locale === this.#ownLocale ? sound.voice : voiceOf(sound);
  }

  /** Return a voice with its language, such as "en/george". @param {string} value of the select */
  voiceOf(value) {
    return value.includes("/") ? value : `${this.#ownLocale}/${value}`;
  }

  /** Return whether the voice speaks another language than the page's. @param {Sound} sound */
  isForeign(sound) {
    return sound.locale !== locale();
  }

  /**
   * Show the language of a sound.
   * @param {Sound} sound
   * @param {{asSpoken: boolean, isMine: boolean}} how `asSpoken`: the transcript is in the language of the voice;
   *   `isMine`: the player has loaded this page's recording
   */
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
          language: languageName(sound.locale),
        }),
      );
    }
    for (const choice of this.#all("[data-words-choice]")) {
      // The other transcript comes from the captions, which only a loaded sound has.
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

  /** Go back to the page's language and say that the other transcript could not be fetched. */
  refuse() {
    choose(this.#page, "words", "own");
    for (const line of this.#all("[data-words-problem]")) {
      say(line, gettext("The words in that language could not be fetched."));
    }
  }

  /** Return a language's name in that language. @param {string} tag */
  #ownNameOf(tag) {
    return this.#page.querySelector(`[data-also][lang="${tag}"]`)?.textContent ?? this.#ownName;
  }

  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  #all(selector) {
    return this.#page.querySelectorAll(selector);
  }
}
