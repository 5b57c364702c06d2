/**
 * The errors of the data layer. Every error has a stable `code`, which the interface turns into words. Its properties
 * give the details.
 */
import { CodedError } from "../platform/errors.js";

/**
 * The browser's storage can't be used, so what is on the screen isn't saved.
 *
 * `code` is `storage_lost` (the connection died twice in a row), `storage_insecure` (the address has no https),
 * `storage_missing` (IndexedDB, Web Crypto or Web Locks don't exist), `storage_refused` (the browser forbids them),
 * `storage_blocked` (another tab holds an older version of the database open) or `storage_newer` (a newer version of
 * the app has opened the database).
 */
export class StorageLostError extends CodedError {}

/** The sealed bytes don't open with this key, or they hold something other than a state. `code` is `unreadable`. */
export class UnreadableError extends CodedError {
  /**
   * @param {string} id of the entry or record
   * @param {{cause?: unknown}} [options]
   */
  constructor(id, options) {
    super("unreadable", `${id} can't be read`, options);
    this.id = id;
  }
}

/** A PIN locks the secret, and the lock isn't open in this tab. `code` is `locked`. */
export class LockedError extends CodedError {
  constructor() {
    super("locked", "The secret is wrapped and the lock isn't open");
  }
}

/** This phone has no such entry. `code` is `entry_missing`. */
export class EntryMissingError extends CodedError {
  /** @param {string} id */
  constructor(id) {
    super("entry_missing", `There is no entry ${id}`);
    this.id = id;
  }
}

/** The entry was deleted, on this phone or another, and stays deleted. `code` is `entry_deleted`. */
export class EntryDeletedError extends CodedError {
  /** @param {string} id */
  constructor(id) {
    super("entry_deleted", `Entry ${id} was deleted`);
    this.id = id;
  }
}

/** This phone has no such voice note, or no longer has it. `code` is `voice_note_missing`. */
export class VoiceNoteMissingError extends CodedError {
  /** @param {string} id */
  constructor(id) {
    super("voice_note_missing", `There is no voice note ${id}`);
    this.id = id;
  }
}

/** A state is too long for one record. It is safe on the phone but can't be backed up. `code` is `entry_too_large`. */
export class RecordTooLargeError extends CodedError {
  /**
   * @param {string} entry id
   * @param {number} size of the sealed record, in bytes
   * @param {number} limit in bytes
   */
  constructor(entry, size, limit) {
    super("entry_too_large", `Entry ${entry} seals to ${size} bytes, more than ${limit}`);
    this.entry = entry;
    this.size = size;
    this.limit = limit;
  }
}

/**
 * A file can't be brought in. `code` is `file_empty`, `file_too_large`, `file_too_many`, `file_foreign` (no file of this
 * app), `file_to_read` or `file_for_clinic` (the other files that this app saves), `file_newer` (saved by a newer
 * version) or `file_damaged`.
 */
export class ImportError extends CodedError {
  /**
   * @param {string} code
   * @param {{cause?: unknown}} [options]
   */
  constructor(code, options) {
    super(code, "The file can't be brought in", options);
  }
}
