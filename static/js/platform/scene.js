// A stage shows one scene at a time in an element. When the scene changes, the keyboard focus stays inside.
import { h, say } from "./dom.js";

export class Stage {
  #shown = "";
  #announced = "";

  /** @param {HTMLElement} place */
  constructor(place) {
    // The visible text changes all the time. Screen readers read this element, which changes less often.
    this.status = h("p", { class: "sr", role: "status" });
    this.body = h("div", { class: "stack", tabindex: "-1" });
    place.replaceChildren(this.status, this.body);
  }

  /**
   * Show a scene. It is built only if another one is shown now.
   * @param {string} name
   * @param {() => (Node | null)[]} build
   */
  show(name, build) {
    if (name === this.#shown) return;
    const hadFocus = this.body.contains(document.activeElement);
    this.#shown = name;
    this.body.replaceChildren(...build().filter((node) => node !== null));
    if (!hadFocus) return;
    const next = this.body.querySelector("button:not(.link), summary");
    (next instanceof HTMLElement ? next : this.body).focus();
  }

  /**
   * Let screen readers read a text, unless the last call had the same key.
   * @param {string} text
   * @param {string} [key] the text itself if left out
   */
  tell(text, key = text) {
    if (key === this.#announced) return;
    this.#announced = key;
    say(this.status, text);
  }
}
