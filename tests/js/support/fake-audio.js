/** An <audio> that plays nothing and tells what a test wants it to tell. */
export class FakeAudio extends EventTarget {
  paused = true;
  currentTime = 0;
  readyState = 0;
  networkState = 2;
  ended = false;
  /** @type {any} */
  error = null;
  src = "";
  preload = "none";

  hasAttribute() {
    return this.src !== "";
  }

  replaceChildren() {}

  removeAttribute() {
    this.src = "";
  }

  load() {
    this.error = null;
  }

  async play() {
    this.paused = false;
    this.dispatchEvent(new Event("play"));
  }

  pause() {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  /** @param {string} what */
  tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
