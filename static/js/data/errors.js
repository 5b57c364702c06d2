/**
 * What can go wrong in the data layer. Every error has a stable `code`, which the interface turns into words, and
 * carries its facts as properties.
 */

export class DataError extends Error {
  /**
   * @param {string} code
   * @param {string} message for developers, in English; never shown to a reader
   * @param {{cause?: unknown}} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = this.constructor.name;
    this.code = code;
  }
}

/**
 * The browser's storage can't be used: what is on the screen is not saved.
 *
 * `code` is `storage_lost` (the connection died and died again), `storage_missing` (no IndexedDB, Web Crypto or Web
 * Locks, or the browser forbids them), `storage_blocked` (another tab holds on to an older version) or `storage_newer`
 * (another tab has moved on to a newer version of the app: this page must be opened again).
 */
export class StorageLostError extends DataError {}

/** The phone has no room left: nothing was changed. `code` is `storage_full`. */
export class StorageFullError extends DataError {
  /** @param {{cause?: unknown}} [options] */
  constructor(options) {
    super("storage_full", "The browser refused to store more", options);
  }
}

/** Sealed bytes that this key doesn't open, or that hold something else than a state. `code` is `unreadable`. */
export class UnreadableError extends DataError {
  /**
   * @param {string} id of the entry or record
   * @param {{cause?: unknown}} [options]
   */
  constructor(id, options) {
    super("unreadable", `${id} can't be read`, options);
    this.id = id;
  }
}

/** A PIN keeps this shut, and nobody has typed it here. `code` is `locked`. */
export class LockedError extends DataError {
  constructor() {
    super("locked", "The secret is wrapped and the lock isn't open");
  }
}

/** No such entry on this phone. `code` is `entry_missing`. */
export class EntryMissingError extends DataError {
  /** @param {string} id */
  constructor(id) {
    super("entry_missing", `There is no entry ${id}`);
    this.id = id;
  }
}

/** The entry was deleted, here or on another phone, and stays deleted. `code` is `entry_deleted`. */
export class EntryDeletedError extends DataError {
  /** @param {string} id */
  constructor(id) {
    super("entry_deleted", `Entry ${id} was deleted`);
    this.id = id;
  }
}

/** No such letter on this phone, or no longer. `code` is `letter_missing`. */
export class LetterMissingError extends DataError {
  /** @param {string} id */
  constructor(id) {
    super("letter_missing", `There is no letter ${id}`);
    this.id = id;
  }
}

/** A state is too long for one record. It is safe on the phone but can't be backed up. `code` is `entry_too_large`. */
export class RecordTooLargeError extends DataError {
  /**
   * @param {string} entry
   * @param {number} size of the sealed record, bytes
   * @param {number} limit bytes
   */
  constructor(entry, size, limit) {
    super("entry_too_large", `Entry ${entry} seals to ${size} bytes, more than ${limit}`);
    this.entry = entry;
    this.size = size;
    this.limit = limit;
  }
}
