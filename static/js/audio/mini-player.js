// The small player. It is shown on every page except the recording's own, from the first play until it is
// closed.
import { gettext } from "../platform/i18n.js";
import { say } from "../platform/dom.js";
import { playerKeys } from "./keys.js";
import { sleepButton } from "./sleep-button.js";

/** @typedef {import("./listening.js").Listening} Listening */
/** @typedef {import("./listening.js").Change} Change */

/** In seconds. */
const SKIP = 15;

/** @param {Listening} session */
export function showMini(session) {
  const element = document.querySelector("[data-mini]");
  if (element instanceof HTMLElement) new MiniPlayer(element, session);
}

class MiniPlayer {
  /** @param {HTMLElement} element @param {Listening} session */
  constructor(element, session) {
    this.element = element;
    this.session = session;
    const never = new AbortController().signal;
    this.play.addEventListener("click", session.toggle);
    this.part("[data-mini-back]").addEventListener("click", () => session.skip(-SKIP));
    this.part("[data-mini-close]").addEventListener("click", () => this.close());
    sleepButton(this.part("[data-mini-sleep]"), session, never);
    playerKeys(element, session, never, { isSmall: true });
    session.onChange((change) => this.show(change), never);
    document.addEventListener("page-shown", () => this.#onPageShown());
    // Elements fixed to the foot of the page need its real height, which depends on the text size.
    new ResizeObserver(() => this.#publishHeight()).observe(element);
    this.show("loaded");
  }

  get play() {
    return this.part("[data-mini-play]");
  }

  /** Update after a change of page. A recording that has ended is closed when the reader leaves its page. */
  #onPageShown() {
    const { recording, isEnded } = this.session;
    if (isEnded && recording?.path !== location.pathname) this.session.close();
    else this.show("loaded");
  }

  /** Stop the recording. If the small player had the focus, move it to the page's heading. */
  close() {
    const hadFocus = this.element.contains(document.activeElement);
    this.session.close();
    if (!hadFocus) return;
    const heading = document.querySelector("main h1");
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  }

  /** @param {Change} change */
  show(change) {
    const { recording, sound, isPlaying, isWaiting, listened, length, problem } = this.session;
    if (change === "time" || change === "length") return this.#showPlace(listened, length);
    const isElsewhere = recording !== null && recording.path !== location.pathname;
    this.element.hidden = !(this.session.isStarted && isElsewhere);
    document.documentElement.toggleAttribute("data-with-mini", !this.element.hidden);
    if (!recording || !sound) return;
    const link = this.part("[data-mini-title]");
    link.setAttribute("href", recording.path + (sound.version === "short" ? "#short" : ""));
    this.part("[data-mini-name]").textContent = recording.title;
    this.element.dataset.state = isPlaying ? "playing" : "paused";
    this.element.toggleAttribute("data-waiting", isPlaying && isWaiting);
    const { playLabel = "", pauseLabel = "" } = this.play.dataset;
    const label = isPlaying ? pauseLabel : playLabel;
    if (this.play.getAttribute("aria-label") !== label) this.play.setAttribute("aria-label", label);
    this.#showPlace(listened, length);
    this.#showProblem(problem === null ? "" : gettext("It won’t play just now."));
  }

  /** @param {number} place @param {number} total seconds */
  #showPlace(place, total) {
    const share = total ? Math.min(1, place / total) : 0;
    this.element.style.setProperty("--at", String(share));
  }

  /** @param {string} words */
  #showProblem(words) {
    const line = this.part("[data-mini-problem]");
    if (line.textContent !== words) say(line, words);
  }

  /** Set --mini to the height. */
  #publishHeight() {
    const { element } = this;
    const height = element.hidden ? 0 : element.offsetHeight;
    document.documentElement.style.setProperty("--mini", `${height}px`);
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    const child = this.element.querySelector(selector);
    if (!(child instanceof HTMLElement)) throw new Error(`the small player has no ${selector}`);
    return child;
  }
}
