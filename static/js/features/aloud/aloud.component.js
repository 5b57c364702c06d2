// The part of the reading panel that reads the page aloud. It stores the voice, its speed, pitch and loudness, and starts
// reading. reader.js reads on after the panel is closed. Template: components/aloud.jinja.
import { h, say } from "../../platform/dom.js";
import { choose, chosen } from "../../platform/reading-choices.js";
import { stepsOf, voiceName } from "./manner.js";
import { readAloud } from "./reader.js";
import { nameOf, voicesFor } from "./voices.js";

/** @typedef {import("./manner.js").Scale} Scale */

/** Voices come late, and Safari doesn't always say so: look again after these times, in ms. */
const LOOK_AGAIN = [250, 1000, 2000];

/** @type {import("../../platform/page.js").Start} */
export default function start(element, signal) {
  const panel = new Panel(element);
  if (!("speechSynthesis" in window)) return panel.showVoices([], true);
  const look = (isLast = false) => panel.showVoices(voicesHere(), isLast);
  const timers = LOOK_AGAIN.map((ms, index) =>
    setTimeout(() => look(index === LOOK_AGAIN.length - 1), ms),
  );
  signal.addEventListener("abort", () => timers.forEach(clearTimeout));
  // Safari's speechSynthesis was no event target at first.
  speechSynthesis.addEventListener?.("voiceschanged", () => look(), { signal });
  document.addEventListener("reading-changed", () => panel.showChoices(), { signal });
  look();
}

/** The page's language. */
const lang = () => document.documentElement.lang;
const voicesHere = () => voicesFor(speechSynthesis.getVoices(), lang(), navigator.languages);

class Panel {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.voice = /** @type {HTMLSelectElement} */ (this.#part("[data-voice]"));
    this.sliders = /** @type {HTMLInputElement[]} */ ([
      ...element.querySelectorAll("[data-scale]"),
    ]);
    this.#part("[data-read]").addEventListener("click", () => this.#read());
    this.voice.addEventListener("change", () => choose({ [voiceName(lang())]: this.voice.value }));
    for (const slider of this.sliders) {
      slider.max = String(stepsOf(scaleOf(slider)).length - 1);
      slider.addEventListener("input", () => showStep(slider));
      slider.addEventListener("change", () => choose({ [scaleOf(slider)]: stepAt(slider).value }));
    }
    this.showChoices();
  }

  /**
   * Offer the voices. Say that there is none, and offer nothing, only when it is sure.
   * @param {SpeechSynthesisVoice[]} voices
   * @param {boolean} isSure
   */
  showVoices(voices, isSure) {
    if (!voices.length && !isSure) return;
    this.#part("[data-ready]").hidden = !voices.length;
    this.#part("[data-none]").hidden = voices.length > 0;
    this.#part("[data-voices]").hidden = voices.length < 2;
    const known = Array.from(this.voice.options, ({ value }) => value).slice(1);
    // Leave the list alone while the reader may have it open.
    if (String(known) === String(voices.map(({ voiceURI }) => voiceURI))) return;
    const options = voices.map((voice) =>
      h("option", { value: voice.voiceURI, dir: "auto" }, nameOf(voice, voices)),
    );
    this.voice.replaceChildren(this.voice.options[0], ...options);
    this.showChoices();
  }

  /** Show what is chosen. */
  showChoices() {
    const choices = chosen();
    this.voice.value = choices[voiceName(lang())] ?? "";
    // The voice may live on another device.
    if (this.voice.selectedIndex < 0) this.voice.value = "";
    for (const slider of this.sliders) {
      const steps = stepsOf(scaleOf(slider)).map(({ value }) => value);
      const at = steps.indexOf(choices[scaleOf(slider)] ?? "");
      slider.value = String(at < 0 ? steps.indexOf("") : at);
      showStep(slider);
    }
  }

  /** Close the panel, so that the page can be seen, and read it. */
  #read() {
    const template = /** @type {HTMLTemplateElement} */ (this.element.querySelector("template"));
    this.element.closest("dialog")?.close();
    readAloud(template);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    const part = this.element.querySelector(selector);
    if (!(part instanceof HTMLElement))
      throw new Error(`the part that reads aloud has no ${selector}`);
    return part;
  }
}

/** @param {HTMLInputElement} slider */
const scaleOf = (slider) => /** @type {Scale} */ (slider.dataset.scale);

/** @param {HTMLInputElement} slider */
const stepAt = (slider) => stepsOf(scaleOf(slider))[Number(slider.value)];

/** Say the value in words. @param {HTMLInputElement} slider */
function showStep(slider) {
  const { name } = stepAt(slider);
  slider.setAttribute("aria-valuetext", name);
  slider.style.setProperty("--at", String(Number(slider.value) / Number(slider.max)));
  const output = slider.parentElement?.querySelector("output");
  if (output) say(output, name);
}
