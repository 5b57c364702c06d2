// Detects that the phone's storage is full. Browsers report this in different ways, and only when
// something is written.

/** The phone has no room for more. What was stored so far stays. */
export class StorageFullError extends Error {
  name = "StorageFullError";
}

/**
 * Return whether a write failed because the storage is full.
 * @param {unknown} error of the write
 */
export function isFull(error) {
  return error instanceof Error && error.name === "QuotaExceededError";
}
