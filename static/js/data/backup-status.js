/**
 * Sync while backup is on, and report how far it has come. Only one tab syncs at a time; the others hear of it over
 * the BroadcastChannel.
 */

import { Api } from "./api.js";
import { CodedError } from "../platform/errors.js";
import { joinCodeChange, readJoinCode } from "./join-code.js";
import { ApiError } from "./response.js";
import { Schedule } from "./schedule.js";

/** @import { Phone } from "./bookkeeping.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Sync } from "./sync.js" */
/** @import { Changed } from "./entry-store.js" */

/**
 * @typedef {object} Status
 * @property {boolean} enabled
 * @property {"idle" | "syncing" | "waiting" | "failed"} state `waiting`: it will be tried again; `failed`: it will be
 *   tried again, but it will probably fail again until somebody does something
 * @property {number | null} lastBackedUp when everything written here was last backed up, in ms since 1970
 * @property {number} pending number of entries whose current state isn't backed up
 * @property {string | null} problem a code: of ApiError or another CodedError, or `quota`, `busy`, `entry_too_large`,
 *   `unexpected`; `account_erased` if backup is off because another phone erased it
 * @property {string[]} tooLarge ids of entries that the backup doesn't take, because they are too long for it or for
 *   something on the way
 * @property {number} unopened number of entries in the backup that can't be opened on this phone
 * @property {number} unreadable number of entries that can't be read on this phone and aren't in the backup
 * @property {number} missing number of entries that the backup has lost: it lists them, or a newer state of them
 * @property {KnownPhone[]} phones that use the backup, this one first
 */

/**
 * A phone that uses the backup. `isNew`: it was added since the reader last looked at the phones on this one.
 *
 * @typedef {Phone & {actor: string, isThis: boolean, isNew: boolean}} KnownPhone
 */

/**
 * The backup settings, stored under `backup` in `meta`.
 *
 * @typedef {object} Settings
 * @property {boolean} on
 * @property {number} [lastBackedUp] ms since 1970
 * @property {boolean} [erased] another phone erased the account
 */

/**
 * @typedef {{retryAfter: number | null} | null} Failure null if no retry is needed; `retryAfter` in s if the server
 *   named a time
 */

/** The actors of the phones that the reader has seen, in `meta`. */
const SEEN_PHONES = "phones";

/** Sync this long after the last edit was saved on the phone, in ms. */
const AFTER_SAVE = 2_000;

/** For more changed entries than this, counting all is faster than asking about each. */
const ONE_BY_ONE = 3;

/** If another tab is syncing, try again after this time, in ms. That tab has probably finished by then. */
const AFTER_OTHER_TAB = 5_000;

/** Syncs the entries of a vault and tells listeners the status. */
export class BackupStatus {
  #env;
  #store;
  #schedule;
  #lockName;
  /** @type {Sync | undefined} */
  #sync;
  /** @type {Api | undefined} */
  #api;
  /**
   * Ids of the entries whose current state isn't backed up.
   *
   * @type {Set<string>}
   */
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
    unopened: 0,
    unreadable: 0,
    missing: 0,
    phones: [],
  };

  /** @param {Vault} vault */
  constructor({ env, store }) {
    this.#env = env;
    this.#store = store;
    this.#schedule = new Schedule(env, () => this.#run());
    this.#lockName = `${env.name}-sync`;
    this.#cleanUp = [
      store.onChange((changed) => void this.#handleChange(changed).catch(() => {})),
      env.onWake(() => this.current.enabled && this.#schedule.wake()),
    ];
    env.channel.addEventListener("message", ({ data }) => {
      if (data.type === "backup") this.refresh().catch(() => {});
    });
  }

  /**
   * Call a listener now and whenever the status changes.
   *
   * @param {(status: Status) => void} listener
   * @returns {() => void} removes the listener
   */
  listen(listener) {
    this.#listeners.add(listener);
    listener(this.current);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Return whether the current state of an entry is backed up.
   *
   * @param {string} id of an entry
   * @returns {Promise<boolean>}
   */
  async isBackedUp(id) {
    return this.current.enabled && (await this.#sync?.isBackedUp(id)) === true;
  }

  /**
   * The entries whose current state isn't backed up. Lists use this, because they ask about many entries.
   *
   * @returns {ReadonlySet<string>} entry ids
   */
  get pendingIds() {
    return this.#pending;
  }

  /** Sync now. The status shows the result; errors aren't thrown. */
  async syncNow() {
    if (this.current.enabled) await this.#schedule.run();
  }

  /**
   * Run `work` while no tab is syncing. Abort the requests of this tab first. Afterwards all tabs read the stored
   * settings again.
   *
   * @param {() => Promise<void>} work
   */
  async alone(work) {
    this.#api?.stop();
    await this.#env.locks.request(this.#lockName, {}, work);
    this.#env.channel.postMessage({ type: "backup" });
    await this.refresh();
    if (this.current.enabled) this.#schedule.wake();
  }

  /**
   * Read the stored settings. Call this when this tab or another one may have switched backup on or off, or has
   * synced.
   */
  async refresh() {
    const settings = await this.#readSettings();
    const previous = this.current;
    this.#update({ enabled: settings.on, lastBackedUp: settings.lastBackedUp ?? null });
    if (settings.on) {
      await this.#connect();
      // The interface must open even if something odd in the backup can't be counted.
      await this.#survey().catch((error) => console.error("backup can't be counted", error));
      if (previous.enabled) return;
      this.#update({ problem: null });
      this.#schedule.plan(0);
    } else {
      this.#schedule.stop();
      this.#pending.clear();
      this.#sync = undefined;
      this.#update({ state: "idle", problem: settings.erased ? "account_erased" : null });
    }
  }

  /** Stop syncing in this tab. */
  close() {
    this.#schedule.stop();
    this.#api?.stop();
    for (const removeListener of this.#cleanUp) removeListener();
  }

  /** @returns {Promise<Settings>} */
  async #readSettings() {
    const [settings] = await this.#env.storage.read([["meta", "backup"]]);
    return settings ?? { on: false };
  }

  /** Return a Sync for the current keys. */
  async #connect() {
    // Phones without backup don't load it.
    const { Sync } = await import("./sync.js");
    const keys = await this.#store.ensureKeys();
    if (!this.#sync || this.#api?.account !== keys.account) {
      this.#api = new Api(this.#env, keys);
      this.#sync = new Sync(this.#env, this.#store, keys, this.#api);
    }
    this.#api.joinCode = await readJoinCode(this.#env.storage, keys);
    return this.#sync;
  }

  /**
   * Sync once, unless another tab is syncing.
   *
   * @returns {Promise<Failure>}
   */
  #run() {
    return this.#env.locks.request(this.#lockName, { ifAvailable: true }, async (lock) => {
      if (!lock) return void this.#schedule.plan(AFTER_OTHER_TAB);
      try {
        await this.#syncOnce();
        return null;
      } catch (error) {
        return this.#handleFailure(error);
      }
    });
  }

  async #syncOnce() {
    await this.#sealJoinCode();
    const settings = await this.#readSettings();
    if (!settings.on) return;
    this.#update({ state: "syncing" });
    const sync = await this.#connect();
    this.#api?.resume();
    const { problem } = await sync.pass();
    await this.#survey();
    // Retry both like an error of the server: `busy` passes by itself, `quota` once something is deleted.
    if (problem) throw new ApiError(problem === "quota" ? 422 : 0, problem);
    if (!this.#pending.size) {
      const lastBackedUp = this.#env.now();
      await this.#env.storage.write([["meta", "backup", { ...settings, lastBackedUp }]]);
      this.#update({ lastBackedUp });
    }
    const { tooLarge } = this.current;
    this.#update({ state: "idle", problem: tooLarge.length ? "entry_too_large" : null });
    this.#env.channel.postMessage({ type: "backup" });
  }

  /** Seal the join code that an earlier version of the app stored with the settings. */
  async #sealJoinCode() {
    const { joinCode, ...settings } = /** @type {any} */ (await this.#readSettings());
    if (!joinCode) return;
    const sealed = await joinCodeChange(await this.#store.ensureKeys(), joinCode);
    await this.#env.storage.write([["meta", "backup", settings], sealed]);
  }

  /**
   * Set the status after a failed sync.
   *
   * @param {unknown} error
   * @returns {Promise<Failure>}
   */
  async #handleFailure(error) {
    const apiError = error instanceof ApiError ? error : undefined;
    if (apiError?.code === "stopped") {
      this.#update({ state: "idle" });
      return null;
    }
    if (apiError?.isErased) {
      await this.#env.storage.write([["meta", "backup", { on: false, erased: true }]]);
      this.#env.channel.postMessage({ type: "backup" });
      await this.refresh();
      return null;
    }
    if (!(error instanceof CodedError)) console.error(error);
    // What was pushed before the failure is backed up.
    await this.#survey().catch(() => {});
    const problem = error instanceof CodedError ? error.code : "unexpected";
    this.#update({ state: apiError?.isPassing ? "waiting" : "failed", problem });
    return { retryAfter: apiError?.retryAfter ?? null };
  }

  /**
   * Update the pending entries and plan a sync.
   *
   * @param {Changed} changed
   */
  async #handleChange({ ids, source }) {
    if (!this.current.enabled || !this.#sync) return;
    if (!ids || ids.length > ONE_BY_ONE) return this.#survey();
    // Entries that sync has changed are counted when the sync ends.
    if (source === "sync") return;
    this.#schedule.plan(AFTER_SAVE);
    for (const id of ids) {
      if (await this.#sync?.isBackedUp(id)) this.#pending.delete(id);
      else this.#pending.add(id);
    }
    this.#update({});
  }

  /** Find out again what isn't backed up, what can't be opened, and who uses the backup. */
  async #survey() {
    if (!this.#sync) return;
    const { pending, missing, phones, ...others } = await this.#sync.survey();
    this.#pending = pending;
    this.#update({ ...others, missing: missing.length, phones: await this.#known(phones) });
  }

  /**
   * Return the phones, this one first, and which of them are new. The first time, none is.
   *
   * @param {Map<string, Phone>} phones by actor
   * @returns {Promise<KnownPhone[]>}
   */
  async #known(phones) {
    const actor = this.#store.actor ?? "";
    const [seen] = await this.#env.storage.read([["meta", SEEN_PHONES]]);
    if (!seen && phones.has(actor)) await this.#storeSeen([...phones.keys()]);
    const isNew = (/** @type {string} */ id) => seen !== undefined && !seen.includes(id);
    return [...phones]
      .map(([id, phone]) => ({
        ...phone,
        actor: id,
        isThis: id === actor,
        isNew: id !== actor && isNew(id),
      }))
      .sort((a, b) => Number(b.isThis) - Number(a.isThis) || compareLastDays(a, b));
  }

  /**
   * Note that the reader has seen phones that use the backup.
   *
   * @param {string[]} actors
   */
  async phonesSeen(actors) {
    const [seen] = await this.#env.storage.read([["meta", SEEN_PHONES]]);
    await this.#storeSeen([...new Set([...(seen ?? []), ...actors])]);
    await this.#survey();
  }

  /** @param {string[]} actors */
  async #storeSeen(actors) {
    await this.#env.storage.write([["meta", SEEN_PHONES, actors]]);
  }

  /**
   * Change the status and call the listeners.
   *
   * @param {Partial<Status>} changes
   */
  #update(changes) {
    this.current = { ...this.current, pending: this.#pending.size, ...changes };
    for (const listener of this.#listeners) listener(this.current);
  }
}

/**
 * Compare two phones for sorting: the one that synced last comes first.
 *
 * @param {Phone} a
 * @param {Phone} b
 */
const compareLastDays = (a, b) => ((a.days.at(-1) ?? "") < (b.days.at(-1) ?? "") ? 1 : -1);
