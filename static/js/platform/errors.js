// The errors that the app tells apart. Each has a stable `code`, which the interface turns into words. Don't compare
// names or messages: the build shortens names.

export class CodedError extends Error {
  /**
   * @param {string} code
   * @param {string} message for developers, in English; readers never see it
   * @param {{cause?: unknown}} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = this.constructor.name;
    this.code = code;
  }
}

/** The phone has no room left. What was stored before stays. `code` is `storage_full`. */
export class StorageFullError extends CodedError {
  /** @param {{cause?: unknown}} [options] */
  constructor(options) {
    super("storage_full", "The browser refused to store more", options);
  }
}

/**
 * How browsers name a full storage: QuotaExceededError; in Firefox also NS_ERROR_DOM_QUOTA_REACHED and others; in older
 * WebKit QUOTA_EXCEEDED_ERR.
 */
const FULL = /quota|no_device_space/i;

/**
 * Return the error for a write that failed: StorageFullError if the browser has no room, otherwise the error itself.
 * Browsers report this in different ways, and only when something is written.
 * @param {any} error
 */
export function writeError(error) {
  return FULL.test(error?.name) ? new StorageFullError({ cause: error }) : error;
}

/** Return the code of an error, or "" if it has none. @param {unknown} error */
export function codeOf(error) {
  return error instanceof CodedError ? error.code : "";
}
