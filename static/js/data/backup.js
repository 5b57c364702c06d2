/** Backup as a person knows it: on, off, twelve words, restored, erased. */

import { Api, ApiError } from "./api.js";
import { BackupStatus } from "./backup-status.js";
import { DataError } from "./errors.js";
import { deriveKeys, SECRET_BYTES } from "./keys.js";
import { fromWords, toWords } from "./phrase.js";

/** @import { Status } from "./backup-status.js" */
/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Keys } from "./keys.js" */

/**
 * `code` is `backup_on` (restoring would leave this phone's own backup behind: ask first, then `replace`) or
 * `backup_missing` (the words fit together, but the server has no backup for them).
 */
export class BackupError extends DataError {
  /** @param {"backup_on" | "backup_missing"} code */
  constructor(code) {
    super(code, `Backup: ${code}`);
  }
}

/**
 * Starts syncing if backup is on.
 *
 * @param {Vault} vault
 * @returns {Promise<Backup>}
 */
export async function openBackup(vault) {
  const backup = new Backup(vault);
  await backup.refresh();
  return backup;
}

export class Backup {
  #env;
  #store;
  #status;

  /** @param {Vault} vault */
  constructor(vault) {
    this.#env = vault.env;
    this.#store = vault.store;
    this.#status = new BackupStatus(vault);
  }

  /** @returns {Status} */
  get status() {
    return this.#status.current;
  }

  /**
   * @param {(status: Status) => void} listener called now and at every change
   * @returns {() => void} stops it
   */
  onStatus(listener) {
    return this.#status.listen(listener);
  }

  /**
   * @param {string} id of an entry
   * @returns {Promise<boolean>} whether the server has it as it is now
   */
  isBackedUp(id) {
    return this.#status.isBackedUp(id);
  }

  /** @returns {ReadonlySet<string>} entries that aren't backed up as they are now; for lists, which ask of many */
  get pendingIds() {
    return this.#status.pendingIds;
  }

  /** What comes of it is in `status`; it doesn't throw. */
  syncNow() {
    return this.#status.syncNow();
  }

  /** Looks at what is stored; only needed at the start. */
  refresh() {
    return this.#status.refresh();
  }

  /** Stops syncing in this tab. */
  close() {
    this.#status.close();
  }

  /** @returns {Promise<string[]>} the twelve words; they stand for this phone's secret */
  async words() {
    const { secret } = await this.#store.ensureKeys();
    return toWords(secret);
  }

  /**
   * @param {{joinCode?: string}} [options]
   * @returns {Promise<{newWords: boolean}>} newWords: this phone's backup had been erased, so there are new words now,
   *   and the old ones are worth nothing
   * @throws {ApiError} `join_code_needed`, `offline` and others; then nothing has changed
   */
  async switchOn({ joinCode } = {}) {
    const keys = await this.#store.ensureKeys();
    const isMade = await this.#createAccount(keys, joinCode);
    /** @type {Change[]} */
    const changes = [["meta", "backup", { on: true, joinCode }]];
    if (isMade) await this.#status.alone(() => this.#env.storage.write(changes));
    else await this.#moveToNewAccount(joinCode, changes);
    return { newWords: !isMade };
  }

  /** Stops syncing everywhere on this phone. What is on the phone stays, and so does what is on the server. */
  switchOff() {
    return this.#status.alone(() => this.#env.storage.write([["meta", "backup", { on: false }]]));
  }

  /**
   * Takes the backup of these words for this phone's own. Entries that are here already are kept and join it.
   *
   * @param {string} words as typed or scanned
   * @param {{replace?: boolean}} [options] replace: leave behind the backup that is on now
   * @returns {Promise<{complete: boolean}>} false if not everything has come yet: it goes on, see `status`
   * @throws {PhraseError | BackupError | ApiError} then nothing has changed
   */
  async restore(words, { replace = false } = {}) {
    const secret = await fromWords(words);
    const keys = await deriveKeys(secret);
    const current = await this.#store.keys();
    if (this.status.enabled && current?.account !== keys.account && !replace) {
      throw new BackupError("backup_on");
    }
    if (!(await new Api(this.#env, keys).hasAccount())) throw new BackupError("backup_missing");
    await this.#replaceSecret(secret, [["meta", "backup", { on: true }]]);
    await this.syncNow();
    return { complete: this.status.problem === null };
  }

  /**
   * Erases the backup from the server and switches it off. What is on this phone stays; other phones that share the
   * backup keep what they have, and their status tells of it.
   *
   * @throws {ApiError} then nothing has changed
   */
  async erase() {
    const keys = await this.#store.ensureKeys();
    await this.#status.alone(async () => {
      await new Api(this.#env, keys).eraseAccount();
      await this.#env.storage.write([
        ...(await this.#forgetAccount()),
        ["meta", "backup", { on: false }],
      ]);
    });
  }

  /**
   * @param {Keys} keys
   * @param {string} [joinCode]
   * @returns {Promise<boolean>} false if this account was erased: it can't be made again
   */
  async #createAccount(keys, joinCode) {
    try {
      await new Api(this.#env, keys, joinCode).createAccount();
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 410) return false;
      throw error;
    }
  }

  /**
   * @param {string | undefined} joinCode
   * @param {Change[]} also
   */
  async #moveToNewAccount(joinCode, also) {
    const keys = await deriveKeys(this.#env.randomBytes(SECRET_BYTES));
    await new Api(this.#env, keys, joinCode).createAccount();
    await this.#replaceSecret(keys.secret, also);
  }

  /**
   * @param {Bytes} secret
   * @param {Change[]} also
   */
  async #replaceSecret(secret, also) {
    await this.#status.alone(() =>
      this.#store.exclusively(async () => {
        const changes = [...(await this.#forgetAccount()), ...also];
        await this.#store.replaceSecretLocked(secret, changes);
      }),
    );
    this.#store.announce({ ids: null, source: "sync" });
  }

  /** @returns {Promise<Change[]>} what is known of one account's records is of no use for another */
  async #forgetAccount() {
    const [rows] = await this.#env.storage.read([["records"]]);
    const ids = /** @type {string[]} */ ([...rows.keys()]);
    return [["meta", "token", undefined], ...ids.map((id) => forgetRecord(id))];
  }
}

/**
 * @param {string} id
 * @returns {Change}
 */
const forgetRecord = (id) => ["records", id, undefined];
