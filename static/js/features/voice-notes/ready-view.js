// The view before recording. It shows why recording is impossible, unfinished voice notes, and kept voice notes.
import { say } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { whyNoMicrophone } from "./microphone-problems.js";
import { obstacle } from "./microphone.js";
import { rowsOf, tell } from "./rows.js";

/** @import { View } from "../../platform/template-views.js" */
/** @import { VoiceNote, VoiceNotes } from "../../data/voice-notes.js" */

/**
 * @typedef {object} Choices what the reader can do with an unfinished voice note
 * @property {(voiceNote: VoiceNote) => unknown} listen
 * @property {(id: string) => unknown} discard
 */

export class ReadyView {
  /** @type {View} */
  #view;

  /**
   * @param {View} view
   * @param {boolean} isToBeRead show the written letter while recording
   * @param {(isToBeRead: boolean) => void} onChoice
   */
  constructor(view, isToBeRead, onChoice) {
    this.#view = view;
    const checkbox = /** @type {HTMLInputElement} */ (view.find("#show-letter"));
    checkbox.checked = isToBeRead;
    checkbox.addEventListener("change", () => onChoice(checkbox.checked));
    const reason = obstacle();
    view.find("[data-record]").hidden = reason !== null;
    if (reason) this.#warn(whyNoMicrophone(reason));
  }

  /** Say why recording did not begin, and focus the message. @param {string} text */
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

  /** @param {boolean} isWritten there is a letter on the letter worksheet */
  offerLetter(isWritten) {
    this.#view.find("[data-show-letter]").hidden = !isWritten;
    const link = this.#view.element.querySelector("[data-write-letter]");
    if (link instanceof HTMLElement) link.hidden = isWritten;
  }

  /**
   * Show the voice notes on this phone.
   * @param {Awaited<ReturnType<VoiceNotes["list"]>> | null} lists
   * @param {Choices} choices
   */
  list(lists, choices) {
    if (!lists) return;
    const { kept, unfinished, unreadable } = lists;
    this.#view.find("[data-kept]").hidden = !kept.length;
    this.#view.find("[data-kept] ul").append(...rowsOf(this.#view.element, kept));
    const container = this.#view.find("[data-unfinished]");
    container.append(
      ...unfinished.map((voiceNote) => this.#offer(voiceNote, choices)),
      ...unreadable.map((id) => this.#item("unreadable", () => choices.discard(id))),
    );
    container.hidden = !container.childElementCount;
  }

  /** @param {VoiceNote} voiceNote @param {Choices} choices */
  #offer(voiceNote, { listen, discard }) {
    const item = this.#item("cut-off", () => discard(voiceNote.id));
    const question =
      voiceNote.state === "recording"
        ? gettext("A recording was cut off. Listen to it?")
        : gettext("A recording is waiting for you to decide. Listen to it?");
    say(/** @type {HTMLElement} */ (item.querySelector("[data-asked]")), question);
    tell(item, voiceNote);
    item.querySelector("[data-listen]")?.addEventListener("click", () => listen(voiceNote));
    return item;
  }

  /** @param {"cut-off" | "unreadable"} name @param {() => unknown} discard */
  #item(name, discard) {
    const template = /** @type {HTMLTemplateElement} */ (this.#view.find(`template[data-${name}]`));
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (copy.firstElementChild);
    item.querySelector("[data-discard]")?.addEventListener("click", discard);
    return item;
  }
}
