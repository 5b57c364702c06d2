/** Backup for the interface: switch it on or off, show the twelve words, restore, erase. */

import { Api } from "./api.js";
import { BackupStatus } from "./backup-status.js";
import { CodedError } from "../platform/errors.js";
import { isBookkeeping } from "./entry.js";
import { joinCodeChange } from "./join-code.js";
import { deriveKeys, SECRET_BYTES } from "./keys.js";
import { fromWords, toWords } from "./phrase.js";
import { ApiError } from "./response.js";

/** @import { Status } from "./backup-status.js" */
/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Keys } from "./keys.js" */

/**
 * Restoring was refused. `code` is `backup_on` (this phone would give up its own backup: ask first, then pass
 * `replace`), `backup_missing` (the words are valid, but the server has no backup for them) or `joining` (what is
 * written on this phone would be added to that backup: ask first, then pass `join`).
 */
export class BackupError extends CodedError {
  /** @param {"backup_on" | "backup_missing" | "joining"} code */
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

  /**
   * Note that the reader has seen phones that use the backup: they are new no more.
   *
   * @param {string[]} actors
   */
  phonesSeen(actors) {
    return this.#status.phonesSeen(actors);
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
    if (isCreated) {
      const changes = await settingsOn(keys, joinCode);
      await this.#status.alone(() => this.#env.storage.write(changes));
    } else await this.#moveToNewAccount(joinCode);
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
   * @param {{replace?: boolean, join?: boolean}} [options] `replace`: give up the backup that is on now; `join`: add
   *   what is written on this phone to that backup
   * @returns {Promise<{complete: boolean}>} false if something is still missing: syncing goes on, see `status`
   * @throws {PhraseError | BackupError | ApiError} in that case nothing has changed
   */
  async restore(words, { replace = false, join = false } = {}) {
    const secret = await fromWords(words);
    const keys = await deriveKeys(secret);
    const current = await this.#store.keys();
    const isOther = current?.account !== keys.account;
    if (this.status.enabled && isOther && !replace) throw new BackupError("backup_on");
    if (!(await new Api(this.#env, keys).hasAccount())) throw new BackupError("backup_missing");
    if (isOther && !join && (await this.#hasWords())) throw new BackupError("joining");
    await this.#replaceSecret(secret, await settingsOn(keys, undefined));
    await this.syncNow();
    const { problem, lastBackedUp } = this.status;
    // With a note that is too long, everything has come; only that note can't go.
    const hasCome = problem === "entry_too_large" || (problem === null && lastBackedUp !== null);
    return { complete: hasCome };
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
      if (error instanceof ApiError && error.isErased) return false;
      throw error;
    }
  }

  /** Return whether there is anything on this phone that a person wrote or chose. */
  async #hasWords() {
    const { states, unreadable } = await this.#store.all();
    const words = [...states.values()].filter((state) => !isBookkeeping(state) && !state.deleted);
    return words.length + unreadable.length > 0;
  }

  /**
   * Create an account for a new secret, and seal everything under that secret.
   *
   * @param {string | undefined} joinCode
   */
  async #moveToNewAccount(joinCode) {
    const keys = await deriveKeys(this.#env.randomBytes(SECRET_BYTES));
    await new Api(this.#env, keys, joinCode).createAccount();
    await this.#replaceSecret(keys.secret, await settingsOn(keys, joinCode));
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
   * Return the changes that delete the token, the record rows and the bookkeeping of this account. They are useless for
   * another account.
   *
   * @returns {Promise<Change[]>}
   */
  async #forgetAccount() {
    const [rows] = await this.#env.storage.read([["records"]]);
    const { states } = await this.#store.all();
    const books = [...states].filter(([, state]) => isBookkeeping(state)).map(([id]) => id);
    return [
      ["meta", "token", undefined],
      ["meta", "phones", undefined],
      ...[...rows.keys()].map((id) => forget("records", id)),
      ...books.map((id) => forget("entries", id)),
    ];
  }
}

/**
 * @param {"records" | "entries"} store
 * @param {string} id
 * @returns {Change}
 */
const forget = (store, id) => [store, id, undefined];

/**
 * Return the changes that switch backup on.
 *
 * @param {Keys} keys
 * @param {string | undefined} joinCode
 * @returns {Promise<Change[]>}
 */
const settingsOn = async (keys, joinCode) => [
  ["meta", "backup", { on: true }],
  await joinCodeChange(keys, joinCode),
];
