// Carries out the plan: saves one file after another. This continues when the user moves to another view, as
// long as the page's scripts run. Only one tab saves at a time. The other tabs receive its status, and one of
// them takes over when that tab closes.
import { saveRecording, listSaved } from "./recordings.js";
import { stayAwake } from "../platform/wake-lock.js";
import { isMetered, onConnection } from "./connection.js";
import { newestLibrary, soundsByAddress } from "./library.js";
import { soundsOfPlan } from "./selection.js";
import { itemsOf, sumUp } from "./overview.js";
import { plan, PLAN, planDone, planLess, planned } from "./queue.js";

/** @typedef {import("./overview.js").Item} Item */
/** @typedef {import("./queue.js").Plan} Plan */

/**
 * @typedef {"looking" | "saving" | "offline" | "unreachable" | "metered"} Phase
 * "looking": it finds out what to save. "saving": it saves. "offline", "unreachable" and "metered": it waits for a
 * network, for the server, or for Wi-Fi.
 *
 * @typedef {Item & {problem?: string}} Task `problem`: the name of the error because of which the file is left out
 *
 * @typedef {object} Status the progress of the session
 * @property {Phase} phase
 * @property {Task[]} tasks
 * @property {number} done bytes
 * @property {number} total bytes
 * @property {string} current address of the file that is being saved, or ""
 * @property {boolean} [elsewhere] another tab is saving
 */

const LOCK = "hearth-keeping";
/** Report progress to the page and to other tabs at most this often. In ms. */
const OFTEN = 250;
/** How long to wait for a server that can't be reached, in ms. Each wait is twice the last, up to the longest. */
const PATIENCE = { first: 10_000, longest: 300_000 };
/** After these errors only one file is left out; the others are still saved. */
const OF_ONE_FILE = ["GoneError", "RefusedError", "DamagedError", "ReplacedError"];

class Session {
  /** Null while nothing is being saved. @type {Status | null} */
  status = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {BroadcastChannel | undefined} */
  #channel;
  #isFollowing = false;
  #isTakingTurn = false;
  /** @type {AbortController | null} set while this tab saves */
  #work = null;
  /** The plan has changed: compare it with the saved files again before the next file. */
  #isStale = false;
  #reportedAt = 0;
  /** The files that this page has left out: error names by address. @type {Map<string, string>} */
  #problems = new Map();

  /**
   * Call `listener` at every change until `signal` is aborted.
   * @param {() => void} listener
   * @param {AbortSignal} signal
   */
  follow(listener, signal) {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => {
      this.#listeners.delete(listener);
      this.#settleScreen();
    });
    this.begin();
    this.#channel?.postMessage({ ask: true });
    this.#settleScreen();
  }

  /** Carry out the plan, now and whenever it changes. */
  begin() {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      // Another tab has changed the plan.
      addEventListener("storage", ({ key }) => key === PLAN && this.planChanged());
      if (typeof BroadcastChannel !== "undefined") {
        this.#channel = new BroadcastChannel(LOCK);
        this.#channel.onmessage = ({ data }) => this.#receive(data);
      }
    }
    if (planned().state === "going") void this.#takeTurn();
  }

  /** React to a change of the plan. Call this after every change in this tab. */
  planChanged() {
    this.#isStale = true;
    const { state } = planned();
    if (state !== "going") {
      this.#work?.abort();
      if (!this.#work) this.#set(null);
      else this.#report();
    } else {
      this.#problems.clear();
      this.#wake();
      void this.#takeTurn();
    }
  }

  /**
   * Return the name of the error because of which a file was left out.
   * @param {string} address
   */
  problemOf(address) {
    return this.#problems.get(address);
  }

  /** Wait until this tab may save, then save. */
  async #takeTurn() {
    if (this.#isTakingTurn) return;
    this.#isTakingTurn = true;
    try {
      const isFree = await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
        lock ? this.#run() : false,
      );
      // Another tab is saving. Wait for the lock: if that tab closes before the end, this tab continues.
      if (isFree === false) await navigator.locks.request(LOCK, () => this.#run());
    } finally {
      this.#isTakingTurn = false;
    }
    // The plan was changed while the last round ended.
    if (planned().state === "going") void this.#takeTurn();
  }

  /** Carry out the plan while this tab holds the lock. */
  async #run() {
    const work = (this.#work = new AbortController());
    try {
      while (planned().state === "going" && !work.signal.aborted) await this.#round(work.signal);
    } catch (error) {
      if (!work.signal.aborted) console.error("saving stopped", error);
      if (!work.signal.aborted) plan({ state: "paused", problem: nameOf(error) });
    } finally {
      this.#work = null;
      this.#set(null);
    }
    return true;
  }

  /**
   * Find out what is missing, and save it.
   * @param {AbortSignal} signal
   */
  async #round(signal) {
    this.#isStale = false;
    const tasks = await this.#findTasks(signal);
    if (!tasks) return;
    for (const task of tasks) {
      if (task.state === "saved" || task.problem) continue;
      const isDone = await this.#save(task, signal);
      if (signal.aborted || this.#isStale) return;
      if (isDone) document.dispatchEvent(new CustomEvent("recording-kept"));
    }
    planDone();
  }

  /**
   * Compare the plan with the saved files.
   * @param {AbortSignal} signal
   * @returns {Promise<Task[] | null>} null when that failed and has to be done again
   */
  async #findTasks(signal) {
    this.#set({ tasks: [], done: 0, total: 0, current: "", ...this.status, phase: "looking" });
    try {
      const tasks = await tasksOf(planned());
      for (const task of tasks) task.problem = this.#problems.get(task.sound.address);
      this.#set({ phase: "looking", tasks, ...sumUp(tasks), current: "" });
      return tasks;
    } catch (error) {
      console.info("the list of recordings is unavailable", error);
      await this.#wait(navigator.onLine === false ? "offline" : "unreachable", signal);
      return null;
    }
  }

  /**
   * Save one file.
   * @param {Task} task
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether the file is saved now
   */
  async #save(task, signal) {
    const { sound } = task;
    for (let turn = 0; !signal.aborted && !this.#isStale; turn++) {
      if (isMetered() && !planned().mobile) {
        await this.#wait("metered", signal);
        continue;
      }
      const stop = new AbortController();
      const onAbort = () => stop.abort(signal.reason);
      signal.addEventListener("abort", onAbort);
      // Stop in the middle of the file when the phone leaves Wi-Fi.
      onConnection(() => isMetered() && !planned().mobile && stop.abort(), stop.signal);
      try {
        this.#set({ phase: "saving", current: sound.address });
        await saveRecording(wantedOf(sound), {
          signal: stop.signal,
          onProgress: ({ bytes, size, waiting }) => this.#progress(task, bytes, size, waiting),
        });
        task.state = "saved";
        task.bytes = task.size;
        planLess(sound.address);
        this.#sum();
        return true;
      } catch (error) {
        if (stop.signal.aborted) continue;
        await this.#failed(task, error, turn, signal);
        if (task.problem) return false;
      } finally {
        signal.removeEventListener("abort", onAbort);
        stop.abort();
      }
    }
    return false;
  }

  /**
   * Handle an error while saving: stop, leave the file out, or wait before the next try.
   * @param {Task} task
   * @param {unknown} error
   * @param {number} turn number of earlier turns of the loop in #save
   * @param {AbortSignal} signal
   */
  async #failed(task, error, turn, signal) {
    const name = nameOf(error);
    // The phone is full. Saved files stay. Nothing more is tried until the user has made room.
    if (name === "StorageFullError") return void this.#stop(name);
    // The file was probably damaged on the way. Try once more from the beginning.
    if (name === "DamagedError" && turn === 0) return;
    if (OF_ONE_FILE.includes(name)) {
      task.problem = name;
      this.#problems.set(task.sound.address, name);
      planLess(task.sound.address);
      return;
    }
    console.info(`${task.sound.address} will be tried again`, error);
    await this.#wait("unreachable", signal, PATIENCE.first * 2 ** turn);
  }

  /**
   * Pause the plan because of a problem.
   * @param {string} problem the name of an error
   */
  #stop(problem) {
    plan({ state: "paused", problem });
    this.planChanged();
  }

  /**
   * @param {Task} task
   * @param {number} bytes
   * @param {number} size
   * @param {boolean} [waiting] for a network
   */
  #progress(task, bytes, size, waiting) {
    Object.assign(task, { bytes, size, state: "partial" });
    const phase = waiting ? "offline" : "saving";
    const isNewPhase = this.status?.phase !== phase;
    this.#sum(phase, isNewPhase);
  }

  /**
   * Add up the progress of all files and report it.
   * @param {Phase} [phase]
   * @param {boolean} [isUrgent] report at once, even if the last report was a moment ago
   */
  #sum(phase = "saving", isUrgent = true) {
    if (!this.status) return;
    Object.assign(this.status, { phase, ...sumUp(this.status.tasks) });
    if (isUrgent || Date.now() - this.#reportedAt >= OFTEN) this.#report();
  }

  /** Ends the current wait. @type {() => void} */
  #wake = () => {};

  /**
   * Wait until the network changes, the page becomes visible again or the plan changes. For a server that can't
   * be reached, also end the wait after a time.
   * @param {Phase} phase
   * @param {AbortSignal} signal
   * @param {number} [milliseconds]
   */
  async #wait(phase, signal, milliseconds = PATIENCE.first) {
    if (signal.aborted) return;
    this.#set({ phase });
    const ended = new AbortController();
    await new Promise((resolve) => {
      const onVisibility = () => document.visibilityState === "visible" && resolve(undefined);
      this.#wake = () => resolve(undefined);
      onConnection(() => resolve(undefined), ended.signal);
      document.addEventListener("visibilitychange", onVisibility, { signal: ended.signal });
      signal.addEventListener("abort", () => resolve(undefined), { signal: ended.signal });
      if (phase === "unreachable") {
        setTimeout(resolve, Math.min(milliseconds, PATIENCE.longest));
      }
    });
    ended.abort();
    this.#wake = () => {};
  }

  /**
   * Change the status and report it.
   * @param {Partial<Status> | null} changes
   */
  #set(changes) {
    this.status = changes && {
      tasks: [],
      done: 0,
      total: 0,
      current: "",
      ...this.status,
      phase: "looking",
      ...changes,
    };
    this.#report();
  }

  /** Report the status to the other tabs and to the listeners of this page. */
  #report() {
    this.#reportedAt = Date.now();
    if (this.#work || !this.status)
      this.#channel?.postMessage({ status: this.#work && this.status });
    this.#settleScreen();
    for (const listener of this.#listeners) listener();
  }

  /**
   * Handle a message from another tab.
   * @param {{ask?: boolean, status?: Status | null}} data `ask`: the tab asks for the status
   */
  #receive({ ask, status }) {
    if (this.#work) {
      if (ask) this.#channel?.postMessage({ status: this.status });
      return;
    }
    if (status === undefined) return;
    const before = this.status?.tasks ?? [];
    this.status = status && { ...status, elsewhere: true };
    // The other tab has saved a file, which this tab can play now.
    const count = (/** @type {Task[]} */ tasks) =>
      tasks.filter(({ state }) => state === "saved").length;
    if (count(status?.tasks ?? before) !== count(before)) {
      document.dispatchEvent(new CustomEvent("recording-kept"));
    }
    for (const listener of this.#listeners) listener();
  }

  /** Keep the screen on while this tab saves and a view shows it. */
  #settleScreen() {
    const isNeeded = this.#work !== null && this.status?.phase === "saving";
    void stayAwake(isNeeded && this.#listeners.size > 0, "saving");
  }
}

export const session = new Session();

/**
 * Return the files of the plan, and how much of each is saved.
 * @param {Plan} planned
 * @returns {Promise<Task[]>}
 */
async function tasksOf(planned) {
  const library = await newestLibrary();
  const sounds = soundsByAddress(library);
  const saved = await listSaved((url) => sounds.get(url)?.sha256);
  return itemsOf(soundsOfPlan(library, planned), saved, planned.also);
}

/**
 * @param {import("./library.js").Sound} sound
 * @returns {import("./recordings.js").Wanted}
 */
function wantedOf({ address, captions, bytes, lang: _, ...about }) {
  return { ...about, url: address, captionsUrl: captions, size: bytes };
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : "Error";
}
