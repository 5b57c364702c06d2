// The part of the reading panel that reads the page aloud: it offers the device's voices and starts reading. reader.js
// reads on after the panel is closed. The form around it stores the choices. Template: components/aloud.jinja.
import { h } from "../../platform/dom.js";
import { once } from "../../platform/once.js";
import { chosen } from "../../platform/reading-choices.js";
import { nameOf, voicesFor } from "./voices.js";

/** Voices come late, and Safari doesn't always say so: look again after these times, in ms. */
const LOOK_AGAIN = [250, 1000, 2000];

/** @type {import("../../platform/page.js").Start} */
export default function start(element, signal) {
  const panel = new Panel(element);
  if (!("speechSynthesis" in window)) return panel.showVoices([], true);
  const look = (isSure = false) => panel.showVoices(voicesHere(), isSure);
  const timers = LOOK_AGAIN.map((ms) => setTimeout(() => look(ms === LOOK_AGAIN.at(-1)), ms));
  signal.addEventListener("abort", () => timers.forEach(clearTimeout));
  // Safari's speechSynthesis was no event target at first.
  speechSynthesis.addEventListener?.("voiceschanged", () => look(), { signal });
  // The form shows the choice first.
  const showLater = () => queueMicrotask(() => panel.showChoice());
  document.addEventListener("reading-changed", showLater, { signal });
  look();
}

function voicesHere() {
  const { lang } = document.documentElement;
  return voicesFor(speechSynthesis.getVoices(), lang, navigator.languages);
}

/** @type {typeof import("./reader.js") | undefined} */
let loaded;
const reader = once(async () => (loaded = await import("./reader.js")));

class Panel {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.voice = /** @type {HTMLSelectElement} */ (this.#part("[data-voice]"));
    this.#part("[data-read]").addEventListener("click", () => void this.#read());
    // iPhones speak only within a press, so the reader must be here by then.
    element.closest("details")?.addEventListener("toggle", () => void reader().catch(() => {}));
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
    this.showChoice();
  }

  /** Show which voice is chosen. If it lives on another device, the usual one reads. */
  showChoice() {
    this.voice.value = chosen()[this.voice.name] ?? "";
    if (this.voice.selectedIndex < 0) this.voice.value = "";
  }

  /** Read the page. Close the panel, so that it can be seen. */
  async #read() {
    const template = /** @type {HTMLTemplateElement} */ (this.element.querySelector("template"));
    const close = this.element.closest("dialog")?.querySelector("[data-close]");
    if (close instanceof HTMLElement) close.click();
    (loaded ?? (await reader())).readAloud(template);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    const part = this.element.querySelector(selector);
    if (!(part instanceof HTMLElement)) throw new Error(`nothing is ${selector} in "Read aloud"`);
    return part;
  }
}
