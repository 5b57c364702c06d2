// The status of the downloads. The tab that downloads reports it to its own page and to the other tabs.
import { openChannel } from "../platform/channel.js";
import { stayAwake } from "../platform/wake-lock.js";
import { sumUp } from "./overview.js";

/** @typedef {import("./overview.js").Item} Item */

/**
 * @typedef {"looking" | "saving" | "offline" | "metered" | import("./texts.js").Trouble} Phase
 * "looking": it finds out what to save. "saving": it saves. "offline", "unreachable", "sign_in" and "metered": it waits
 * for a network, for the server, for the reader to sign in, or for Wi-Fi. "foreign" and "no_parts": it waits for a network
 * that lets the server answer, or that doesn't cut what it sends only whole.
 *
 * @typedef {Item & {problem?: string}} Task `problem`: the code of the error because of which the file is left out
 *
 * @typedef {object} Status the progress of the downloads
 * @property {Phase} phase
 * @property {Task[]} tasks
 * @property {number} done bytes
 * @property {number} total bytes
 * @property {string} current address of the file that is being saved, or ""
 * @property {boolean} [elsewhere] another tab is saving
 */

/** The name of the channel between tabs. */
const CHANNEL = "hearth-downloads";
/** Report progress within a file at most this often. In ms. */
const OFTEN = 250;

export class SharedStatus {
  /** Null while nothing is being saved. @type {Status | null} */
  status = null;
  /** This tab downloads. Otherwise the status is that of another tab. */
  isOwn = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {ReturnType<typeof openChannel> | undefined} */
  #channel;
  #reportedAt = 0;

  /** @param {(task: Task) => void} onProblem called with each file that another tab has left out */
  constructor(onProblem) {
    this.onProblem = onProblem;
  }

  /** Exchange the status with other tabs from now on. */
  connect() {
    this.#channel = openChannel(CHANNEL);
    this.#channel.addEventListener("message", ({ data }) => this.#receive(data));
  }

  /**
   * Call `listener` at every change until `signal` is aborted.
   * @param {() => void} listener
   * @param {AbortSignal} signal
   */
  follow(listener, signal) {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => {
      this.#listeners.delete(listener);
      this.#settleScreen();
    });
    this.#channel?.postMessage({ ask: true });
    this.#settleScreen();
  }

  /** Change the status of this tab. @param {Partial<Status>} changes */
  set(changes) {
    const blank = { phase: /** @type {Phase} */ ("looking"), tasks: [], done: 0, total: 0 };
    this.status = { ...blank, current: "", ...this.status, ...changes };
    this.#report();
  }

  /**
   * Add up the progress of all files and report it.
   * @param {Phase} phase
   * @param {{isMinor?: boolean}} [options] `isMinor`: skip the report if the last one was a moment ago
   */
  sum(phase, { isMinor = false } = {}) {
    if (!this.status) return;
    const isNewPhase = this.status.phase !== phase;
    Object.assign(this.status, { phase, ...sumUp(this.status.tasks) });
    if (isNewPhase || !isMinor || Date.now() - this.#reportedAt >= OFTEN) this.#report();
  }

  /** This tab begins to download. Forget the status of the tab before it. */
  begin() {
    this.isOwn = true;
    this.status = null;
  }

  /** This tab has stopped downloading. */
  end() {
    this.status = null;
    if (this.isOwn) this.#channel?.postMessage({ status: null });
    this.isOwn = false;
    this.#changed();
  }

  #report() {
    this.#reportedAt = Date.now();
    this.#channel?.postMessage({ status: this.status });
    this.#changed();
  }

  #changed() {
    this.#settleScreen();
    for (const listener of this.#listeners) listener();
  }

  /**
   * Handle a message from another tab.
   * @param {{ask?: boolean, status?: Status | null}} data `ask`: the tab asks for the status
   */
  #receive({ ask, status }) {
    if (this.isOwn) {
      if (ask) this.#channel?.postMessage({ status: this.status });
      return;
    }
    if (status === undefined) return;
    for (const task of status?.tasks ?? []) if (task.problem) this.onProblem(task);
    const before = this.status?.tasks ?? [];
    this.status = status && { ...status, elsewhere: true };
    // The other tab has saved a file, which this tab can play now.
    const count = (/** @type {Task[]} */ tasks) =>
      tasks.filter(({ state }) => state === "saved").length;
    if (count(status?.tasks ?? before) !== count(before)) {
      document.dispatchEvent(new CustomEvent("recordings-changed"));
    }
    this.#changed();
  }

  /** Keep the screen on while this tab saves and a view shows it. */
  #settleScreen() {
    const isNeeded = this.isOwn && this.status?.phase === "saving";
    void stayAwake(isNeeded && this.#listeners.size > 0, "saving");
  }
}
