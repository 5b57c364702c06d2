// Views that the script builds. When the view changes, the keyboard focus stays inside.
import { h, say } from "../../platform/dom.js";
import { ViewSwitcher } from "../../platform/views.js";

export class BuiltViews extends ViewSwitcher {
  #announced = "";

  /** @param {HTMLElement} place */
  constructor(place) {
    const body = h("div", { class: "stack", tabindex: "-1" });
    super(body);
    this.body = body;
    // The visible text changes all the time. Screen readers read this element, which changes less often.
    this.status = h("p", { class: "sr", role: "status" });
    place.replaceChildren(this.status, body);
  }

  /**
   * Show a view. It is built only if another one is shown now.
   * @param {string} name
   * @param {() => (Node | null)[]} build
   */
  show(name, build) {
    if (name === this.shown) return;
    const { body } = this;
    const hadFocus = body.contains(document.activeElement);
    this.replace(
      name,
      build().filter((node) => node !== null),
    );
    if (!hadFocus) return;
    const next = body.querySelector("button:not(.link), summary");
    (next instanceof HTMLElement ? next : body).focus();
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
