// Before recording: what stands in the way, what was cut off, what was kept.
import { say } from "../lib/dom.js";
import { gettext } from "../lib/messages.js";
import { whyNoMicrophone } from "./allowing.js";
import { obstacle } from "./microphone.js";
import { rowsOf, tell } from "./rows.js";

/** @import { View } from "../lib/stage.js" */
/** @import { Letter, Letters } from "../data/letters.js" */

/**
 * @typedef {object} Choices
 * @property {(letter: Letter) => unknown} listen
 * @property {(id: string) => unknown} discard
 */

export class Begin {
  /** @type {View} */
  #view;

  /**
   * @param {View} view
   * @param {boolean} isToBeRead the written letter is shown meanwhile
   * @param {(is: boolean) => void} chosen
   */
  constructor(view, isToBeRead, chosen) {
    this.#view = view;
    const box = /** @type {HTMLInputElement} */ (view.find("#show-letter"));
    box.checked = isToBeRead;
    box.addEventListener("change", () => chosen(box.checked));
    const reason = obstacle();
    view.find("[data-record]").hidden = reason !== null;
    if (reason) this.#warn(whyNoMicrophone(reason));
  }

  /** Why recording didn't begin. @param {string} text */
  tell(text) {
    this.#warn(text).focus();
  }

  /** @param {string} text */
  #warn(text) {
    const notice = this.#view.find("[data-obstacle]");
    notice.hidden = false;
    say(/** @type {HTMLElement} */ (notice.querySelector("p")), text);
    return notice;
  }

  /** @param {boolean} isThere a letter was written on its worksheet */
  offerLetter(isThere) {
    this.#view.find("[data-show-letter]").hidden = !isThere;
    const link = this.#view.element.querySelector("[data-write-letter]");
    if (link instanceof HTMLElement) link.hidden = isThere;
  }

  /** @param {Awaited<ReturnType<Letters["list"]>> | null} listed @param {Choices} choices */
  list(listed, choices) {
    if (!listed) return;
    const { kept, unfinished, unreadable } = listed;
    this.#view.find("[data-kept]").hidden = !kept.length;
    this.#view.find("[data-kept] ul").append(...rowsOf(this.#view.element, kept));
    const place = this.#view.find("[data-unfinished]");
    place.append(
      ...unfinished.map((letter) => this.#offer(letter, choices)),
      ...unreadable.map((id) => this.#part("unreadable", () => choices.discard(id))),
    );
    place.hidden = !place.childElementCount;
  }

  /** @param {Letter} letter @param {Choices} choices */
  #offer(letter, { listen, discard }) {
    const part = this.#part("cut-off", () => discard(letter.id));
    const asked =
      letter.state === "recording"
        ? gettext("A recording was cut off. Listen to it?")
        : gettext("A recording waits for you to decide. Listen to it?");
    say(/** @type {HTMLElement} */ (part.querySelector("[data-asked]")), asked);
    tell(part, letter);
    part.querySelector("[data-listen]")?.addEventListener("click", () => listen(letter));
    return part;
  }

  /** @param {"cut-off" | "unreadable"} name @param {() => unknown} discard */
  #part(name, discard) {
    const template = /** @type {HTMLTemplateElement} */ (this.#view.find(`template[data-${name}]`));
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const part = /** @type {HTMLElement} */ (copy.firstElementChild);
    part.querySelector("[data-discard]")?.addEventListener("click", discard);
    return part;
  }
}
