// Shows the pause after several wrong tries, and stores now and then how much of it is left. It counts down on the screen. Screen readers announce only its end.
import { say } from "../../platform/dom.js";
import { gettext, ngettext } from "../../platform/i18n.js";

const MINUTE = 60;

/** Store what is left this often, in ms. */
const STORE_EVERY = 5_000;

export class Waiting {
  #line;
  #button;
  #signal;
  #passTime;
  #until = 0;
  #stored = 0;
  #timer = 0;

  /**
   * @param {HTMLElement} line
   * @param {HTMLButtonElement} button
   * @param {AbortSignal} signal
   * @param {() => Promise<void>} passTime stores how much of the pause is left
   */
  constructor(line, button, signal, passTime) {
    this.#line = line;
    this.#button = button;
    this.#signal = signal;
    this.#passTime = () => void (this.isOn && passTime().catch(() => {}));
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    addEventListener("pagehide", this.#passTime, { signal });
  }

  /** Whether the pause isn't over yet. */
  get isOn() {
    return performance.now() < this.#until;
  }

  /** Start a pause. @param {number} ms 0 for none */
  begin(ms) {
    if (!ms) return;
    this.#until = performance.now() + ms;
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
    if (performance.now() - this.#stored >= STORE_EVERY) {
      this.#stored = performance.now();
      this.#passTime();
    }
    this.#line.removeAttribute("role");
    say(this.#line, timeLeft(Math.ceil((this.#until - performance.now()) / 1000)));
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
