import assert from "node:assert/strict";
import { test } from "node:test";
import { StorageFullError, writeError } from "../../../static/js/platform/errors.js";

/** An error as a class of its own, which browsers make of QuotaExceededError now. */
class QuotaExceededError extends DOMException {
  constructor() {
    super("Full");
  }

  get name() {
    return "QuotaExceededError";
  }
}

for (const [browser, error] of Object.entries({
  "a DOMException": new DOMException("Full", "QuotaExceededError"),
  "a class of its own": new QuotaExceededError(),
  "older WebKit": { name: "QUOTA_EXCEEDED_ERR", code: 22 },
  "Firefox's localStorage": new DOMException("Full", "NS_ERROR_DOM_QUOTA_REACHED"),
  "Firefox's IndexedDB": { name: "NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR" },
  "Firefox on a full disk": { name: "NS_ERROR_FILE_NO_DEVICE_SPACE" },
})) {
  test(`a full storage is known by the error of ${browser}`, () => {
    assert.ok(writeError(error) instanceof StorageFullError);
  });
}

test("any other error of a write stays as it is", () => {
  for (const error of [new TypeError("x"), new DOMException("x", "UnknownError"), null]) {
    assert.equal(writeError(error), error);
  }
});
