// A phone without room: browsers say it in different ways, and only when something is written.

/** The phone has no room for more; what came so far stays. */
export class StorageFullError extends Error {
  name = "StorageFullError";
}

/** @param {unknown} error of a write */
export function isFull(error) {
  return error instanceof Error && error.name === "QuotaExceededError";
}
