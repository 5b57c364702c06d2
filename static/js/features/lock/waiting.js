// Shows the pause after several wrong tries. It counts down on the screen. Screen readers announce only its end.
import { say } from "../../platform/dom.js";
import { gettext, ngettext } from "../../platform/i18n.js";

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

  /** Whether the pause isn't over yet. */
  get isOn() {
    return Date.now() < this.#until;
  }

  /** Start a pause. @param {number} ms 0 for none */
  begin(ms) {
    if (!ms) return;
    this.#until = Date.now() + ms;
    // Use aria-disabled, because a disabled button would lose the keyboard focus.
    this.#button.setAttribute("aria-disabled", "true");
    this.#tick();
  }

  /** Update the text every second until the pause is over. */
  #tick() {
    clearTimeout(this.#timer);
    if (this.#signal.aborted) return;
    if (!this.isOn) {
      this.#button.removeAttribute("aria-disabled");
      this.#line.setAttribute("role", "status");
      return void say(this.#line, gettext("You can try again now."));
    }
    this.#line.removeAttribute("role");
    say(this.#line, timeLeft(Math.ceil((this.#until - Date.now()) / 1000)));
    this.#timer = setTimeout(() => this.#tick(), 1000);
  }
}

/** Return how long the reader has to wait, as text. @param {number} seconds */
function timeLeft(seconds) {
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
