// The phone's lock screen while a recording plays. What fills it is loaded when something plays.
import { once } from "../platform/once.js";

const load = once(() => import("./media-session.js"));

export class LockScreen {
  /** @type {typeof import("./media-session.js") | undefined} */
  #loaded;

  /** @param {import("./listening.js").Listening} session */
  constructor(session) {
    this.session = session;
  }

  /** Without a connection, there may be nothing to load. */
  async show() {
    this.#loaded = await load().catch(() => undefined);
    const { recording, play, pause, skip, seek } = this.session;
    if (recording) this.#loaded?.mediaSession(recording, { play, pause, skip, goTo: seek });
    this.tell();
  }

  /** Tell the place, the length and the speed. */
  tell() {
    const { listened: position, length: duration, pace } = this.session;
    this.#loaded?.tellPosition({ position, duration, playbackRate: pace.speed });
  }

  clear() {
    this.#loaded?.clearLockScreen();
  }
}
