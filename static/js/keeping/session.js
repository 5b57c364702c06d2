// Saves what the plan says, one file after another, for as long as this page's scripts live: views
// come and go. One tab at a time; the others hear how far it is and take over when that tab closes.
import { saveRecording, listSaved } from "../offline/recordings.js";
import { stayAwake } from "./awake.js";
import { isMetered, onConnection } from "./connection.js";
import { newestLibrary, soundsByAddress } from "./library.js";
import { soundsOfPlan } from "./choice.js";
import { itemsOf, sumUp } from "./overview.js";
import { plan, PLAN, planDone, planLess, planned } from "./plan.js";

/** @typedef {import("./overview.js").Item} Item */
/** @typedef {import("./plan.js").Plan} Plan */

/**
 * @typedef {"looking" | "saving" | "offline" | "unreachable" | "metered"} Phase
 * it looks what is to be done; it saves; it waits for a network, for the server, or for Wi-Fi
 *
 * @typedef {Item & {problem?: string}} Task `problem`: the name of the error for which it was left out
 *
 * @typedef {object} Status how far it is; null while nothing goes on
 * @property {Phase} phase
 * @property {Task[]} tasks
 * @property {number} done bytes
 * @property {number} total bytes
 * @property {string} current address of the one that is coming, or ""
 * @property {boolean} [elsewhere] another tab does it
 */

const LOCK = "hearth-keeping";
/** Others and the page hear of progress this often (ms). */
const OFTEN = 250;
/** A server that can't be reached is asked again after so long (ms), then after twice that, up to the longest. */
const PATIENCE = { first: 10_000, longest: 300_000 };
/** Errors that end one file, not all of it. */
const OF_ONE_FILE = ["GoneError", "RefusedError", "DamagedError", "ReplacedError"];

class Session {
  /** @type {Status | null} */
  status = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {BroadcastChannel | undefined} */
  #channel;
  #isFollowing = false;
  #isAsking = false;
  /** @type {AbortController | null} while it is this tab that saves */
  #work = null;
  /** The plan changed: look again before the next file. */
  #isStale = false;
  #toldAt = 0;
  /** Files left out in this page's life, and why. @type {Map<string, string>} */
  #problems = new Map();

  /** Hear of every change, until `signal` is aborted. @param {() => void} listener @param {AbortSignal} signal */
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

  /** Do what the plan says, now and whenever it changes. */
  begin() {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      // Another tab changed it.
      addEventListener("storage", ({ key }) => key === PLAN && this.planChanged());
      if (typeof BroadcastChannel !== "undefined") {
        this.#channel = new BroadcastChannel(LOCK);
        this.#channel.onmessage = ({ data }) => this.#heard(data);
      }
    }
    if (planned().state === "going") void this.#ask();
  }

  /** To be called by whoever changes the plan in this tab. */
  planChanged() {
    this.#isStale = true;
    const { state } = planned();
    if (state !== "going") {
      this.#work?.abort();
      if (!this.#work) this.#set(null);
      else this.#tell();
    } else {
      this.#problems.clear();
      this.#wake();
      void this.#ask();
    }
  }

  /** @param {string} address why it was left out, if it was */
  problemOf(address) {
    return this.#problems.get(address);
  }

  /** Wait for the turn of this tab. */
  async #ask() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const isFree = await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
        lock ? this.#begin() : false,
      );
      // Queued: when the other tab closes in the middle, this one goes on.
      if (isFree === false) await navigator.locks.request(LOCK, () => this.#begin());
    } finally {
      this.#isAsking = false;
    }
    // Asked for while the last round ended.
    if (planned().state === "going") void this.#ask();
  }

  async #begin() {
    const work = (this.#work = new AbortController());
    try {
      while (planned().state === "going" && !work.signal.aborted) await this.#round(work.signal);
    } catch (error) {
      if (!work.signal.aborted) console.error("keeping stopped", error);
      if (!work.signal.aborted) plan({ state: "paused", problem: nameOf(error) });
    } finally {
      this.#work = null;
      this.#set(null);
    }
    return true;
  }

  /** Look what there is to do, and do it. @param {AbortSignal} signal */
  async #round(signal) {
    this.#isStale = false;
    const tasks = await this.#look(signal);
    if (!tasks) return;
    for (const task of tasks) {
      if (task.state === "saved" || task.problem) continue;
      const isDone = await this.#save(task, signal);
      if (signal.aborted || this.#isStale) return;
      if (isDone) document.dispatchEvent(new CustomEvent("recording-kept"));
    }
    planDone();
  }

  /** @param {AbortSignal} signal @returns {Promise<Task[] | null>} null: look again */
  async #look(signal) {
    this.#set({ tasks: [], done: 0, total: 0, current: "", ...this.status, phase: "looking" });
    try {
      const tasks = await tasksOf(planned());
      for (const task of tasks) task.problem = this.#problems.get(task.sound.address);
      this.#set({ phase: "looking", tasks, ...sumUp(tasks), current: "" });
      return tasks;
    } catch (error) {
      console.info("the list of recordings can't be had", error);
      await this.#wait(navigator.onLine === false ? "offline" : "unreachable", signal);
      return null;
    }
  }

  /** @param {Task} task @param {AbortSignal} signal @returns {Promise<boolean>} whether it is here now */
  async #save(task, signal) {
    const { sound } = task;
    for (let turn = 0; !signal.aborted && !this.#isStale; turn++) {
      if (isMetered() && !planned().mobile) {
        await this.#wait("metered", signal);
        continue;
      }
      const stop = new AbortController();
      const halt = () => stop.abort(signal.reason);
      signal.addEventListener("abort", halt);
      // Wi-Fi was left in the middle of a file.
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
        signal.removeEventListener("abort", halt);
        stop.abort();
      }
    }
    return false;
  }

  /** @param {Task} task @param {unknown} error @param {number} turn @param {AbortSignal} signal */
  async #failed(task, error, turn, signal) {
    const name = nameOf(error);
    // Full: what is here stays, and nothing more is tried until somebody has made room.
    if (name === "StorageFullError") return void this.#stop(name);
    // Bent on the way, most likely: once more from the beginning.
    if (name === "DamagedError" && turn === 0) return;
    if (OF_ONE_FILE.includes(name)) {
      task.problem = name;
      this.#problems.set(task.sound.address, name);
      planLess(task.sound.address);
      return;
    }
    console.info(`${task.sound.address} waits`, error);
    await this.#wait("unreachable", signal, PATIENCE.first * 2 ** turn);
  }

  /** @param {string} problem */
  #stop(problem) {
    plan({ state: "paused", problem });
    this.planChanged();
  }

  /** @param {Task} task @param {number} bytes @param {number} size @param {boolean} [waiting] */
  #progress(task, bytes, size, waiting) {
    Object.assign(task, { bytes, size, state: "partial" });
    const phase = waiting ? "offline" : "saving";
    const isNews = this.status?.phase !== phase;
    this.#sum(phase, isNews);
  }

  /** @param {Phase} [phase] @param {boolean} [isNews] */
  #sum(phase = "saving", isNews = true) {
    if (!this.status) return;
    Object.assign(this.status, { phase, ...sumUp(this.status.tasks) });
    if (isNews || Date.now() - this.#toldAt >= OFTEN) this.#tell();
  }

  /** @type {() => void} */
  #wake = () => {};

  /**
   * Wait until the network changes, the page is looked at again, the plan changes, or time has passed.
   * @param {Phase} phase @param {AbortSignal} signal @param {number} [milliseconds]
   */
  async #wait(phase, signal, milliseconds = PATIENCE.first) {
    if (signal.aborted) return;
    this.#set({ phase });
    const ended = new AbortController();
    await new Promise((resolve) => {
      const look = () => document.visibilityState === "visible" && resolve(undefined);
      this.#wake = () => resolve(undefined);
      onConnection(() => resolve(undefined), ended.signal);
      document.addEventListener("visibilitychange", look, { signal: ended.signal });
      signal.addEventListener("abort", () => resolve(undefined), { signal: ended.signal });
      if (phase === "unreachable") {
        setTimeout(resolve, Math.min(milliseconds, PATIENCE.longest));
      }
    });
    ended.abort();
    this.#wake = () => {};
  }

  // What others are told.

  /** @param {Partial<Status> | null} news */
  #set(news) {
    this.status = news && {
      tasks: [],
      done: 0,
      total: 0,
      current: "",
      ...this.status,
      phase: "looking",
      ...news,
    };
    this.#tell();
  }

  #tell() {
    this.#toldAt = Date.now();
    if (this.#work || !this.status)
      this.#channel?.postMessage({ status: this.#work && this.status });
    this.#settleScreen();
    for (const listener of this.#listeners) listener();
  }

  /** @param {{ask?: boolean, status?: Status | null}} data from another tab */
  #heard({ ask, status }) {
    if (this.#work) {
      if (ask) this.#channel?.postMessage({ status: this.status });
      return;
    }
    if (status === undefined) return;
    const before = this.status?.tasks ?? [];
    this.status = status && { ...status, elsewhere: true };
    // Saved there, played here.
    const count = (/** @type {Task[]} */ tasks) =>
      tasks.filter(({ state }) => state === "saved").length;
    if (count(status?.tasks ?? before) !== count(before)) {
      document.dispatchEvent(new CustomEvent("recording-kept"));
    }
    for (const listener of this.#listeners) listener();
  }

  /** Only while somebody looks at it. */
  #settleScreen() {
    const isNeeded = this.#work !== null && this.status?.phase === "saving";
    void stayAwake(isNeeded && this.#listeners.size > 0, "saving");
  }
}

/** The one of this page. */
export const session = new Session();

/** @param {Plan} planned @returns {Promise<Task[]>} */
async function tasksOf(planned) {
  const library = await newestLibrary();
  const sounds = soundsByAddress(library);
  const saved = await listSaved((url) => sounds.get(url)?.sha256);
  return itemsOf(soundsOfPlan(library, planned), saved, planned.also);
}

/** @param {import("./library.js").Sound} sound @returns {import("../offline/recordings.js").Wanted} */
function wantedOf({ address, captions, bytes, lang: _, ...about }) {
  return { ...about, url: address, captionsUrl: captions, size: bytes };
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : "Error";
}
