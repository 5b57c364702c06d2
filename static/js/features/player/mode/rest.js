// The controls of the listening mode fade when nobody has touched anything for a while. A tap, a key, the focus or a
// mouse brings them back.

/** In ms. */
const FADES_AFTER = 5000;

export class Rest {
  #dialog;
  #controls;
  #mayRest;
  /** The pointer that is down has brought the controls back. */
  #hasWoken = false;
  /** The pointer is a mouse: moving it has shown the controls, and a click doesn't hide them. */
  #isMouse = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} dialog gets data-resting while the controls are faded
   * @param {HTMLElement} controls
   * @param {() => boolean} mayRest whether the controls may fade now
   * @param {AbortSignal} signal
   */
  constructor(dialog, controls, mayRest, signal) {
    this.#dialog = dialog;
    this.#controls = controls;
    this.#mayRest = mayRest;
    dialog.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    dialog.addEventListener("click", (event) => this.#click(event), { capture: true, signal });
    const wake = () => this.wake();
    dialog.addEventListener("keydown", wake, { capture: true, signal });
    controls.addEventListener("focusin", wake, { signal });
    controls.addEventListener("input", wake, { signal });
    const move = (/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && wake();
    dialog.addEventListener("pointermove", move, { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  get isResting() {
    return this.#dialog.dataset.resting !== undefined;
  }

  /** Show the controls, and let them fade after a while. */
  wake() {
    delete this.#dialog.dataset.resting;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#isBusy() ? this.wake() : this.rest()), FADES_AFTER);
  }

  rest() {
    clearTimeout(this.#timer);
    this.#dialog.dataset.resting = "";
  }

  /** Whether the keyboard is in the controls, or they are needed. */
  #isBusy() {
    return !this.#mayRest() || this.#controls.querySelector(":focus-visible") !== null;
  }

  /** @param {Element} target */
  #isGround(target) {
    return !target.closest("button, input, label");
  }

  /** @param {PointerEvent} event */
  #press({ pointerType }) {
    this.#hasWoken = this.isResting;
    this.#isMouse = pointerType === "mouse";
    this.wake();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const { target } = event;
    // A keyboard or a screen reader has pressed the button. There was no pointer.
    if (event.detail === 0 || !(target instanceof Element)) return;
    if (this.#hasWoken && this.#controls.contains(target)) {
      // Nobody could see what this tap would have pressed.
      event.preventDefault();
      event.stopPropagation();
    } else if (!this.#hasWoken && !this.#isMouse && this.#isGround(target) && this.#mayRest()) {
      this.rest();
    }
  }
}
