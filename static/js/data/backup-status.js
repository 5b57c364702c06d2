/** Syncing while backup is on, in this tab or another, and how far it has come. */

import { Api, ApiError } from "./api.js";
import { DataError } from "./errors.js";
import { Schedule } from "./schedule.js";
import { Sync } from "./sync.js";

/** @import { Vault } from "./entries.js" */
/** @import { Changed } from "./entry-store.js" */

/**
 * @typedef {object} Status
 * @property {boolean} enabled
 * @property {"idle" | "syncing" | "waiting" | "failed"} state waiting: it will be tried again; failed: that too, but
 *   it will hardly help unless somebody does something
 * @property {number | null} lastBackedUp when everything was backed up last, ms since 1970
 * @property {number} pending entries that aren't backed up as they are now
 * @property {string | null} problem a code: of ApiError or another DataError, or `quota`, `busy`, `entry_too_large`;
 *   `account_erased` when backup is off because it was erased from another phone
 * @property {string[]} tooLarge ids of entries that are too long to be backed up
 */

/**
 * What is remembered, under `backup` in `meta`.
 * @typedef {object} Settings
 * @property {boolean} on
 * @property {string} [joinCode] in case that the server loses the account
 * @property {number} [lastBackedUp] ms since 1970
 * @property {boolean} [erased] another phone erased the account
 */

/** @typedef {{retryAfter: number | null} | null} Failure null if it need not be tried again; s if the server said when */

/** After the last keystroke has been saved on the phone. */
const AFTER_SAVE = 2_000;

/** Another tab syncs; it will probably have finished by then. */
const AFTER_OTHER_TAB = 5_000;

export class BackupStatus {
  #env;
  #store;
  #schedule;
  #lock;
  /** @type {Sync | undefined} */
  #sync;
  /** @type {Api | undefined} */
  #api;
  /** @type {Set<string>} */
  #pending = new Set();
  /** @type {Set<(status: Status) => void>} */
  #listeners = new Set();
  #cleanUp;

  /** @type {Status} */
  current = {
    enabled: false,
    state: "idle",
    lastBackedUp: null,
    pending: 0,
    problem: null,
    tooLarge: [],
  };

  /** @param {Vault} vault */
  constructor({ env, store }) {
    this.#env = env;
    this.#store = store;
    this.#schedule = new Schedule(env, () => this.#run());
    this.#lock = `${env.name}-sync`;
    this.#cleanUp = [
      store.onChange((changed) => void this.#changed(changed).catch(() => {})),
      env.onWake(() => this.current.enabled && this.#schedule.wake()),
    ];
    env.channel.addEventListener("message", ({ data }) => {
      if (data.type === "backup") this.refresh().catch(() => {});
    });
  }

  /**
   * @param {(status: Status) => void} listener called now and at every change
   * @returns {() => void} stops it
   */
  listen(listener) {
    this.#listeners.add(listener);
    listener(this.current);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @param {string} id of an entry
   * @returns {Promise<boolean>}
   */
  async isBackedUp(id) {
    return this.current.enabled && (await this.#sync?.isBackedUp(id)) === true;
  }

  /** @returns {ReadonlySet<string>} entries that aren't backed up as they are now; for lists, which ask of many */
  get pendingIds() {
    return this.#pending;
  }

  /** What comes of it is in the status; it doesn't throw. */
  async syncNow() {
    if (this.current.enabled) await this.#schedule.run();
  }

  /**
   * Does something that no sync may come across, in this tab or another, and then looks what has changed.
   *
   * @param {() => Promise<void>} work
   */
  async alone(work) {
    this.#api?.stop();
    await this.#env.locks.request(this.#lock, {}, work);
    this.#env.channel.postMessage({ type: "backup" });
    await this.refresh();
    if (this.current.enabled) this.#schedule.wake();
  }

  /** Looks at what is stored: backup was switched or has come further, in this tab or another. */
  async refresh() {
    const settings = await this.#settings();
    const before = this.current;
    this.#set({ enabled: settings.on, lastBackedUp: settings.lastBackedUp ?? null });
    if (settings.on) {
      await this.#connect(settings);
      await this.#recount();
      if (before.enabled) return;
      this.#set({ problem: null });
      this.#schedule.plan(0);
    } else {
      this.#schedule.stop();
      this.#pending.clear();
      this.#sync = undefined;
      this.#set({ state: "idle", problem: settings.erased ? "account_erased" : null });
    }
  }

  close() {
    this.#schedule.stop();
    this.#api?.stop();
    for (const stop of this.#cleanUp) stop();
  }

  /** @returns {Promise<Settings>} */
  async #settings() {
    const [settings] = await this.#env.storage.read([["meta", "backup"]]);
    return settings ?? { on: false };
  }

  /** @param {Settings} settings */
  async #connect({ joinCode }) {
    const keys = await this.#store.ensureKeys();
    if (!this.#sync || this.#api?.account !== keys.account) {
      this.#api = new Api(this.#env, keys);
      this.#sync = new Sync(this.#env, this.#store, keys, this.#api);
    }
    this.#api.joinCode = joinCode;
    return this.#sync;
  }

  /**
   * One pass, unless another tab is at it.
   *
   * @returns {Promise<Failure>}
   */
  #run() {
    return this.#env.locks.request(this.#lock, { ifAvailable: true }, async (held) => {
      if (!held) return void this.#schedule.plan(AFTER_OTHER_TAB);
      try {
        await this.#pass();
        return null;
      } catch (error) {
        return this.#failed(error);
      }
    });
  }

  async #pass() {
    const settings = await this.#settings();
    if (!settings.on) return;
    this.#set({ state: "syncing" });
    const sync = await this.#connect(settings);
    const { problem } = await sync.pass();
    await this.#recount();
    // Both pass by themselves or with something deleted: tried again like an answer of the server.
    if (problem) throw new ApiError(problem === "quota" ? 422 : 0, problem);
    if (!this.#pending.size) {
      const lastBackedUp = this.#env.now();
      await this.#env.storage.write([["meta", "backup", { ...settings, lastBackedUp }]]);
      this.#set({ lastBackedUp });
    }
    this.#set({ state: "idle", problem: sync.tooLarge.length ? "entry_too_large" : null });
    this.#env.channel.postMessage({ type: "backup" });
  }

  /**
   * @param {unknown} error
   * @returns {Promise<Failure>}
   */
  async #failed(error) {
    const apiError = error instanceof ApiError ? error : undefined;
    if (apiError?.code === "stopped") {
      this.#set({ state: "idle" });
      return null;
    }
    if (apiError?.status === 410) {
      await this.#env.storage.write([["meta", "backup", { on: false, erased: true }]]);
      this.#env.channel.postMessage({ type: "backup" });
      await this.refresh();
      return null;
    }
    if (!(error instanceof DataError)) console.error(error);
    const problem = error instanceof DataError ? error.code : "unexpected";
    this.#set({ state: apiError?.isPassing ? "waiting" : "failed", problem });
    return { retryAfter: apiError?.retryAfter ?? null };
  }

  /** @param {Changed} changed */
  async #changed({ ids, source }) {
    if (!this.current.enabled || !this.#sync) return;
    if (!ids) return this.#recount();
    // What sync brings is counted when the pass is over.
    if (source === "sync") return;
    this.#schedule.plan(AFTER_SAVE);
    for (const id of ids) {
      if (await this.#sync?.isBackedUp(id)) this.#pending.delete(id);
      else this.#pending.add(id);
    }
    this.#set({});
  }

  async #recount() {
    if (!this.#sync) return;
    this.#pending = new Set(await this.#sync.notBackedUp());
    this.#set({});
  }

  /** @param {Partial<Status>} news */
  #set(news) {
    const tooLarge = this.#sync?.tooLarge ?? [];
    this.current = { ...this.current, pending: this.#pending.size, tooLarge, ...news };
    for (const listener of this.#listeners) listener(this.current);
  }
}
