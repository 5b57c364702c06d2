/** Put a localStorage in memory, with nothing in it, where the page's own would be. */
export function newLocalStorage() {
  const stored = new Map();
  globalThis.localStorage = /** @type {any} */ ({
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => stored.set(name, String(value)),
    removeItem: (name) => stored.delete(name),
  });
}
