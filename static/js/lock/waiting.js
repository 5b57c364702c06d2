// The pause after several wrong tries: said once, counted where it can be seen.
import { say } from "../lib/dom.js";
import { gettext, ngettext } from "../lib/messages.js";

const MINUTE = 60;

export class Waiting {
  #line;
  #button;
  #signal;
  #until = 0;
  #timer = 0;

  /** @param {HTMLElement} line @param {HTMLButtonElement} button @param {AbortSignal} signal */
  constructor(line, button, signal) {
    this.#line = line;
    this.#button = button;
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  get isOn() {
    return Date.now() < this.#until;
  }

  /** @param {number} ms */
  begin(ms) {
    if (!ms) return;
    this.#until = Date.now() + ms;
    // Said, not disabled: a button that vanishes from under the keyboard leaves its user nowhere.
    this.#button.setAttribute("aria-disabled", "true");
    this.#tick();
  }

  #tick() {
    clearTimeout(this.#timer);
    if (this.#signal.aborted) return;
    if (!this.isOn) {
      this.#button.removeAttribute("aria-disabled");
      this.#line.setAttribute("role", "status");
      return void say(this.#line, gettext("You can try again now."));
    }
    this.#line.removeAttribute("role");
    say(this.#line, left(Math.ceil((this.#until - Date.now()) / 1000)));
    this.#timer = setTimeout(() => this.#tick(), 1000);
  }
}

/** @param {number} seconds */
function left(seconds) {
  if (seconds <= MINUTE) {
    return ngettext(
      "You can try again in %(num)s second.",
      "You can try again in %(num)s seconds.",
      seconds,
    );
  }
  return ngettext(
    "You can try again in %(num)s minute.",
    "You can try again in %(num)s minutes.",
    Math.ceil(seconds / MINUTE),
  );
}
