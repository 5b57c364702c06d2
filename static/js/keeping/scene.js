// One thing at a time is shown in a place; what is shown changes, but the keyboard never gets lost.
import { h, say } from "../lib/dom.js";

export class Stage {
  #shown = "";
  #told = "";

  /** @param {HTMLElement} place */
  constructor(place) {
    // Read with the eyes the words change all the time; read aloud only now and then.
    this.status = h("p", { class: "sr", role: "status" });
    this.body = h("div", { class: "stack", tabindex: "-1" });
    place.replaceChildren(this.status, this.body);
  }

  /**
   * Show a scene, built only if it isn't the one that is there.
   * @param {string} name @param {() => (Node | null)[]} build
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

  /** Read aloud, once. @param {string} words @param {string} [about] what makes them news; the words, if left out */
  tell(words, about = words) {
    if (about === this.#told) return;
    this.#told = about;
    say(this.status, words);
  }
}
