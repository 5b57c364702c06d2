/** Backup for the interface: switch it on or off, show the twelve words, restore, erase. */

import { Api, ApiError } from "./api.js";
import { BackupStatus } from "./backup-status.js";
import { CodedError } from "../platform/errors.js";
import { deriveKeys, SECRET_BYTES } from "./keys.js";
import { fromWords, toWords } from "./phrase.js";

/** @import { Status } from "./backup-status.js" */
/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Keys } from "./keys.js" */

/**
 * Restoring was refused. `code` is `backup_on` (this phone would give up its own backup: ask first, then pass
 * `replace`) or `backup_missing` (the words are valid, but the server has no backup for them).
 */
export class BackupError extends CodedError {
  /** @param {"backup_on" | "backup_missing"} code */
  constructor(code) {
    super(code, `Backup: ${code}`);
  }
}

/**
 * Open backup for a vault. If backup is on, start syncing.
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
   * Call a listener now and whenever the status changes.
   *
   * @param {(status: Status) => void} listener
   * @returns {() => void} removes the listener
   */
  onStatus(listener) {
    return this.#status.listen(listener);
  }

  /**
   * Return whether the server has the current state of an entry.
   *
   * @param {string} id of an entry
   * @returns {Promise<boolean>}
   */
  isBackedUp(id) {
    return this.#status.isBackedUp(id);
  }

  /**
   * The entries whose current state isn't backed up. Lists use this, because they ask about many entries.
   *
   * @returns {ReadonlySet<string>} entry ids
   */
  get pendingIds() {
    return this.#status.pendingIds;
  }

  /** Sync now. `status` shows the result; errors aren't thrown. */
  syncNow() {
    return this.#status.syncNow();
  }

  /** Read the stored settings. Only needed at the start. */
  refresh() {
    return this.#status.refresh();
  }

  /** Stop syncing in this tab. */
  close() {
    this.#status.close();
  }

  /**
   * Return the twelve words. They encode the secret of this phone.
   *
   * @returns {Promise<string[]>}
   */
  async words() {
    const { secret } = await this.#store.ensureKeys();
    return toWords(secret);
  }

  /**
   * Switch backup on and create the account.
   *
   * @param {{joinCode?: string}} [options]
   * @returns {Promise<{newWords: boolean}>} `newWords`: the backup of this phone had been erased, so there are new
   *   words now, and the old ones are useless
   * @throws {ApiError} `join_code_needed`, `offline` and others; in that case nothing has changed
   */
  async switchOn({ joinCode } = {}) {
    const keys = await this.#store.ensureKeys();
    const isCreated = await this.#createAccount(keys, joinCode);
    /** @type {Change[]} */
    const changes = [["meta", "backup", { on: true, joinCode }]];
    if (isCreated) await this.#status.alone(() => this.#env.storage.write(changes));
    else await this.#moveToNewAccount(joinCode, changes);
    return { newWords: !isCreated };
  }

  /** Stop syncing in all tabs of this phone. Everything on the phone and on the server stays. */
  switchOff() {
    return this.#status.alone(() => this.#env.storage.write([["meta", "backup", { on: false }]]));
  }

  /**
   * Make the backup of these words the backup of this phone. Entries that are on this phone already stay and are added
   * to it.
   *
   * @param {string} words as typed or scanned
   * @param {{replace?: boolean}} [options] `replace`: give up the backup that is on now
   * @returns {Promise<{complete: boolean}>} false if something is still missing: syncing goes on, see `status`
   * @throws {PhraseError | BackupError | ApiError} in that case nothing has changed
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
   * Erase the backup on the server and switch it off. Everything on this phone stays. Other phones that share the
   * backup keep their entries, and their status shows that the backup was erased.
   *
   * @throws {ApiError} in that case nothing has changed
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
   * Create the account.
   *
   * @param {Keys} keys
   * @param {string} [joinCode]
   * @returns {Promise<boolean>} false if the account was erased: it can't be created again
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
   * Create an account for a new secret, and seal everything under that secret.
   *
   * @param {string | undefined} joinCode
   * @param {Change[]} also stored in the same transaction
   */
  async #moveToNewAccount(joinCode, also) {
    const keys = await deriveKeys(this.#env.randomBytes(SECRET_BYTES));
    await new Api(this.#env, keys, joinCode).createAccount();
    await this.#replaceSecret(keys.secret, also);
  }

  /**
   * Replace the secret of this phone, and delete what belongs to the old account.
   *
   * @param {Bytes} secret
   * @param {Change[]} also stored in the same transaction
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

  /**
   * Return the changes that delete the token and the record rows of this account. They are useless for another
   * account.
   *
   * @returns {Promise<Change[]>}
   */
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
