// What stands first on a recording's page when it has been heard to its end: how somebody is now, and one next step.
// Template: components/ending.jinja.
import { listening } from "../../audio/listening.js";
import { say } from "../../platform/dom.js";
import { gettext, ngettext, number, pgettext } from "../../platform/i18n.js";
import { loadSheet } from "../../platform/sheet.js";
import { vault } from "../../session/vault.js";
import { minutesOf } from "./listened.js";
import { isWorseAgain } from "./worse.js";

/** @typedef {{id: string, before: unknown, after: unknown}} Note */

/** A field in which somebody writes is not moved. */
const WRITING = "input:not([type=range]), textarea, select";

/** @param {number} minutes */
const minutesWords = (minutes) =>
  ngettext("You gave yourself %(num)s minute", "You gave yourself %(num)s minutes", minutes);

/** @type {WeakMap<Element, Ending>} */
const endings = new WeakMap();

/**
 * Show the ending until the recording plays again.
 * @param {HTMLElement} practice the practice box
 * @param {AbortSignal} signal
 */
export async function showEnding(practice, signal) {
  const section = document.querySelector("[data-ending]");
  if (!(section instanceof HTMLElement) || signal.aborted) return;
  await loadSheet(section.dataset.sheet ?? "");
  const ending = endings.get(section) ?? new Ending(section, practice, signal);
  endings.set(section, ending);
  const { audio, sound } = listening();
  ending.show(minutesOf(audio.played, sound?.seconds ?? 0));
}

class Ending {
  #section;
  #practice;
  /** Where the practice box belongs. */
  #place = document.createComment("practice");
  #question = "";

  /** @param {HTMLElement} section @param {HTMLElement} practice the practice box @param {AbortSignal} signal */
  constructor(section, practice, signal) {
    this.#section = section;
    this.#practice = practice;
    practice.addEventListener(
      "practice-note",
      (event) => void this.#follow(/** @type {CustomEvent} */ (event).detail),
      { signal },
    );
    document.addEventListener("recording-started", () => this.hide(), { signal });
    // A new note begins with how somebody is before listening, which isn't asked here.
    const anew = practice.querySelector("[data-anew]");
    anew?.addEventListener("click", () => this.hide(), { signal });
  }

  /** @param {number} minutes that somebody has listened; 0 if it isn't known */
  show(minutes) {
    if (!this.#section.hidden) return;
    // The keyboard of a phone would close, and the words would be elsewhere.
    if (this.#practice.contains(document.activeElement?.closest(WRITING) ?? null)) return;
    if (minutes) say(this.#part("[data-ending-title]"), minutesWords(minutes));
    const question = this.#questionElement;
    this.#question = question.textContent ?? "";
    say(question, pgettext("after a recording", "How are you now?"));
    this.#practice.replaceWith(this.#place);
    this.#part("[data-ending-practice]").append(this.#practice);
    this.#section.hidden = false;
    if (!document.activeElement?.matches(WRITING)) this.#section.scrollIntoView();
  }

  /** The recording plays again, or another note begins. */
  hide() {
    if (this.#section.hidden) return;
    this.#section.hidden = true;
    this.#questionElement.textContent = this.#question;
    this.#place.replaceWith(this.#practice);
    this.#part("[data-ending-worse]").hidden = true;
  }

  /** The note has changed. @param {Note} note */
  async #follow({ id, before, after }) {
    const levels = /** @type {HTMLElement} */ (this.#practice.querySelector("[data-levels]"));
    const isBoth = typeof before === "number" && typeof after === "number";
    levels.hidden = !isBoth;
    if (isBoth) {
      const words = { before: number(before), after: number(after) };
      say(levels, gettext("Before: %(before)s. Now: %(after)s.", words));
    }
    const bring = this.#part("[data-ending-bring]");
    bring.hidden = !id;
    const link = /** @type {HTMLAnchorElement} */ (bring.querySelector("a"));
    link.href = `${link.pathname}#e=${id}`;
    await this.#offerSteadier(isBoth && after < before);
  }

  /** @param {boolean} isWorse after this recording */
  async #offerSteadier(isWorse) {
    const isAgain = isWorse && isWorseAgain((await (await vault()).list()).entries);
    this.#part("[data-ending-worse]").hidden = !isAgain;
    const next = this.#section.querySelector("[data-ending-next]");
    if (next instanceof HTMLElement) next.hidden = isAgain;
  }

  get #questionElement() {
    return /** @type {HTMLElement} */ (this.#practice.querySelector("h2"));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#section.querySelector(selector));
  }
}
