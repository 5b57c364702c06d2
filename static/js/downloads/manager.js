// The download manager: works through the queue and saves one recording after another. This continues when the user
// moves to another view, as long as the page's scripts run. Only one tab downloads at a time. The other tabs receive
// its status, and one of them takes over when that tab closes.
import { codeOf } from "../platform/errors.js";
import { isMetered, onConnection } from "./connection.js";
import { sumUp } from "./overview.js";
import { changeQueue, dequeue, enqueue, exclude, finishQueue, QUEUE, readQueue } from "./queue.js";
import { saveRecording } from "./recordings.js";
import { SharedStatus } from "./shared-status.js";
import { findItems } from "./tasks.js";

/** @typedef {import("./library.js").Sound} Sound */
/** @typedef {import("./overview.js").Item} Item */
/** @typedef {import("./queue.js").Queue} Queue */

/** @typedef {import("./shared-status.js").Phase} Phase */
/** @typedef {import("./shared-status.js").Task} Task */

/** The tab that holds this lock downloads. */
const LOCK = "hearth-downloads";
/** How long to wait for a server that can't be reached, in ms. Each wait is twice the last, up to the longest. */
const BACKOFF = { first: 10_000, longest: 300_000 };
/** Give up waiting for the list of recordings after this time, and use the one in the snapshot. In ms. */
const LONGEST_LIST = 30_000;
/** After these errors only one file is left out; the others are still saved. */
const OF_ONE_FILE = ["gone", "refused", "damaged", "replaced"];
/** After these errors the network is to blame, and the phase says so. They are tried again like all others. */
const OF_THE_NETWORK = /** @type {const} */ (["foreign", "no_parts", "sign_in"]);
/** Phases that end by themselves after a time. @type {Phase[]} */
const TIMED = ["unreachable", ...OF_THE_NETWORK];

class DownloadManager {
  #shared = new SharedStatus((task) => this.#problems.set(task.sound.address, task.problem ?? ""));
  #isFollowing = false;
  #isTakingTurn = false;
  /** @type {AbortController | null} set while this tab saves */
  #work = null;
  /** @type {AbortController | null} set while a file is being saved */
  #file = null;
  /** The queue has changed: compare it with the saved files again. */
  #isStale = false;
  /** Only a list that the server hasn't sent yet can say what some requested addresses are. */
  #isWaitingForList = false;
  /** The files that were left out: error codes by address. @type {Map<string, string>} */
  #problems = new Map();
  /** The files that this page has requested, by address. Saving them needs no library. @type {Map<string, Sound>} */
  #requested = new Map();

  /** The progress of the downloads; null while nothing is being saved. */
  get status() {
    return this.#shared.status;
  }

  /**
   * Call `listener` at every change until `signal` is aborted.
   * @param {() => void} listener
   * @param {AbortSignal} signal
   */
  follow(listener, signal) {
    this.begin();
    this.#shared.follow(listener, signal);
  }

  /** Work through the queue, now and whenever it changes. */
  begin() {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      // Another tab has changed the queue.
      addEventListener("storage", ({ key }) => key === QUEUE && this.#queueChanged());
      this.#shared.connect();
    }
    if (readQueue().state === "going") void this.#takeTurn();
  }

  /**
   * Save single recordings next. The user saw their size, so mobile data may be used.
   * @param {Sound[]} sounds
   */
  request(sounds) {
    for (const sound of sounds) this.#requested.set(sound.address, sound);
    this.enqueue(
      sounds.map(({ address }) => address),
      { anyway: true },
    );
  }

  /**
   * Add recordings to the queue, as described at enqueue.
   * @param {string[]} addresses
   * @param {{mobile?: boolean, anyway?: boolean}} [options]
   */
  enqueue(addresses, options) {
    enqueue(addresses, options);
    this.#queueChanged();
  }

  /**
   * Stop saving these recordings. If they belong to "keep everything", it is paused.
   * @param {string[]} addresses
   */
  pause(addresses) {
    const { choice, only } = readQueue();
    if (choice && !only) return this.pauseAll();
    dequeue(addresses);
    if (!readQueue().also.length) finishQueue();
    this.#queueChanged();
  }

  pauseAll() {
    this.change({ state: "paused", problem: "" });
  }

  /**
   * Take recordings out of the queue because the user removes them from this phone.
   * @param {string[]} addresses
   */
  exclude(addresses) {
    exclude(addresses);
    this.#queueChanged();
  }

  /**
   * Change the queue.
   * @param {Partial<Queue>} changes
   */
  change(changes) {
    changeQueue(changes);
    this.#queueChanged();
  }

  /** Return whether recordings are in the queue, and downloads aren't paused. @param {string[]} addresses */
  isSaving(addresses) {
    const { state, also } = readQueue();
    return state === "going" && addresses.some((address) => also.includes(address));
  }

  #queueChanged() {
    this.#isStale = true;
    const { state } = readQueue();
    if (state !== "going") {
      this.#work?.abort();
      if (!this.#work) this.#shared.end();
    } else {
      this.#problems.clear();
      this.#file?.abort();
      this.#wake();
      this.begin();
    }
  }

  /**
   * Return the code of the error because of which a file was left out or downloads stopped, or "".
   * @param {string} address
   */
  problemOf(address) {
    const { state, also, problem } = readQueue();
    const stopped = state === "paused" && also.includes(address) ? problem : "";
    return this.#problems.get(address) ?? stopped;
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
    // The queue was changed while the last round ended.
    if (readQueue().state === "going") void this.#takeTurn();
  }

  /** Work through the queue while this tab holds the lock. */
  async #run() {
    const work = (this.#work = new AbortController());
    this.#shared.begin();
    try {
      while (readQueue().state === "going" && !work.signal.aborted) await this.#round(work.signal);
    } catch (error) {
      if (!work.signal.aborted) {
        console.error("downloads stopped", error);
        changeQueue({ state: "paused", problem: codeOf(error) || "unexpected" });
      }
    } finally {
      this.#work = null;
      this.#shared.end();
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
      if (isDone) document.dispatchEvent(new CustomEvent("recordings-changed"));
    }
    // Something was requested meanwhile, perhaps in another tab.
    if (signal.aborted || this.#isStale) return;
    if (this.#isWaitingForList) return this.#wait(noList(), signal);
    finishQueue();
  }

  /**
   * Compare the queue with the saved files.
   * @param {AbortSignal} signal
   * @returns {Promise<Task[] | null>} null when that failed and has to be done again
   */
  async #findTasks(signal) {
    this.#shared.set({ phase: "looking" });
    const stop = (this.#file = new AbortController());
    const onAbort = () => stop.abort();
    signal.addEventListener("abort", onAbort);
    const timer = setTimeout(onAbort, LONGEST_LIST);
    try {
      const found = await findItems(readQueue(), this.#requested, stop.signal);
      if (signal.aborted || this.#isStale) return null;
      this.#isWaitingForList = found.isOld && found.unknown.length > 0;
      if (!found.isOld) this.#leaveOut(found.unknown);
      const tasks = found.items.map((item) => ({
        ...item,
        problem: this.#problems.get(item.sound.address),
      }));
      this.#shared.set({ phase: "looking", tasks, ...sumUp(tasks), current: "" });
      return tasks;
    } catch (error) {
      if (signal.aborted || this.#isStale) return null;
      console.info("the list of recordings is unavailable", error);
      await this.#wait(noList(), signal);
      return null;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      this.#file = null;
    }
  }

  /** Take recordings that the service no longer has out of the queue. @param {string[]} addresses */
  #leaveOut(addresses) {
    for (const address of addresses) this.#problems.set(address, "gone");
    dequeue(addresses);
  }

  /**
   * Save one file.
   * @param {Task} task
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether the file is saved now
   */
  async #save(task, signal) {
    const { sound } = task;
    const failures = { all: 0, damaged: 0 };
    while (!signal.aborted && !this.#isStale) {
      if (!mayUseNetwork(sound)) {
        await this.#wait("metered", signal);
        continue;
      }
      const stop = (this.#file = new AbortController());
      const onAbort = () => stop.abort(signal.reason);
      signal.addEventListener("abort", onAbort);
      // Stop in the middle of the file when the phone leaves Wi-Fi.
      onConnection(() => !mayUseNetwork(sound) && stop.abort(), stop.signal);
      try {
        this.#shared.set({ phase: "saving", current: sound.address });
        await saveRecording(wantedOf(sound), {
          signal: stop.signal,
          onProgress: ({ bytes, size, waiting }) => this.#progress(task, bytes, size, waiting),
        });
        task.state = "saved";
        task.bytes = task.size;
        dequeue([sound.address]);
        this.#shared.sum("saving");
        return true;
      } catch (error) {
        if (stop.signal.aborted) continue;
        await this.#failed(task, error, failures, signal);
        if (task.problem) return false;
      } finally {
        this.#file = null;
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
   * @param {{all: number, damaged: number}} failures of this file before
   * @param {AbortSignal} signal
   */
  async #failed(task, error, failures, signal) {
    const code = codeOf(error);
    // The phone is full. Saved files stay. Nothing more is tried until the user has made room.
    if (code === "storage_full") return this.change({ state: "paused", problem: code });
    // The file was probably damaged on the way. Try once more from the beginning.
    if (code === "damaged" && failures.damaged++ === 0) return;
    if (OF_ONE_FILE.includes(code)) {
      task.problem = code;
      this.#problems.set(task.sound.address, code);
      dequeue([task.sound.address]);
      this.#shared.sum("saving");
      return;
    }
    console.info(`${task.sound.address} will be tried again`, error);
    const phase = OF_THE_NETWORK.find((known) => known === code) ?? "unreachable";
    await this.#wait(phase, signal, BACKOFF.first * 2 ** failures.all++);
  }

  /**
   * @param {Task} task
   * @param {number} bytes
   * @param {number} size
   * @param {boolean} [waiting] for a network
   */
  #progress(task, bytes, size, waiting) {
    Object.assign(task, { bytes, size, state: "partial" });
    this.#shared.sum(waiting ? "offline" : "saving", { isMinor: true });
  }

  /** Ends the current wait. @type {() => void} */
  #wake = () => {};

  /**
   * Wait until the network changes, the page becomes visible again or the queue changes. For a server that can't
   * be reached, or a sign-in, also end the wait after a time.
   * @param {Phase} phase
   * @param {AbortSignal} signal
   * @param {number} [milliseconds]
   */
  async #wait(phase, signal, milliseconds = BACKOFF.first) {
    if (signal.aborted) return;
    this.#shared.set({ phase });
    const ended = new AbortController();
    await new Promise((resolve) => {
      const onVisibility = () => document.visibilityState === "visible" && resolve(undefined);
      this.#wake = () => resolve(undefined);
      onConnection(() => resolve(undefined), ended.signal);
      document.addEventListener("visibilitychange", onVisibility, { signal: ended.signal });
      signal.addEventListener("abort", () => resolve(undefined), { signal: ended.signal });
      if (TIMED.includes(phase)) {
        setTimeout(resolve, Math.min(milliseconds, BACKOFF.longest));
      }
    });
    ended.abort();
    this.#wake = () => {};
  }
}

/** The one download manager of this page. */
export const downloads = new DownloadManager();

/** Return whether a recording may be saved over this connection. @param {Sound} sound */
function mayUseNetwork({ address }) {
  const { mobile, anyway } = readQueue();
  return mobile || anyway.includes(address) || !isMetered();
}

/**
 * @param {Sound} sound
 * @returns {import("./recordings.js").Wanted}
 */
function wantedOf({ address, captions, bytes, lang: _, ...about }) {
  return { ...about, url: address, captionsUrl: captions, size: bytes };
}

/** Return the phase while the list of recordings can't be fetched. @returns {Phase} */
function noList() {
  return navigator.onLine === false ? "offline" : "unreachable";
}
