/** The Cache API in memory, as much of it as the app uses, with a phone that can run out of room. */
const HERE = "http://phone.test";

/** @param {string | {url: string}} request */
function keyOf(request, ignoreSearch = false) {
  const url = new URL(typeof request === "string" ? request : request.url, HERE);
  return ignoreSearch ? url.origin + url.pathname : url.href;
}

class MemoryCache {
  #entries = new Map();

  constructor(phone) {
    this.phone = phone;
  }

  async put(request, response) {
    const body = await response.arrayBuffer();
    const key = keyOf(request);
    const before = this.#entries.get(key)?.body.byteLength ?? 0;
    this.phone.take(body.byteLength - before);
    this.#entries.set(key, { body, status: response.status, headers: [...response.headers] });
  }

  async match(request, { ignoreSearch = false } = {}) {
    const entry = this.#entries.get(keyOf(request, ignoreSearch));
    return entry && new Response(entry.body.slice(0), entry);
  }

  async delete(request) {
    const key = keyOf(request);
    this.phone.take(-(this.#entries.get(key)?.body.byteLength ?? 0));
    return this.#entries.delete(key);
  }

  async keys(request) {
    const urls = [...this.#entries.keys()].filter((url) => !request || url === keyOf(request));
    return urls.map((url) => ({ url }));
  }

  async matchAll() {
    return Array.from(this.#entries.values(), (entry) => new Response(entry.body.slice(0), entry));
  }
}

export class MemoryCaches {
  #caches = new Map();
  /** Bytes that still fit. */
  room = Infinity;

  take(bytes) {
    if (bytes > this.room) throw new DOMException("no room", "QuotaExceededError");
    this.room -= bytes;
  }

  async open(name) {
    if (!this.#caches.has(name)) this.#caches.set(name, new MemoryCache(this));
    return this.#caches.get(name);
  }

  async has(name) {
    return this.#caches.has(name);
  }

  async keys() {
    return [...this.#caches.keys()];
  }

  async delete(name) {
    return this.#caches.delete(name);
  }

  async match(request, { cacheName, ...options } = {}) {
    for (const [name, cache] of this.#caches) {
      if (cacheName !== undefined && name !== cacheName) continue;
      const found = await cache.match(request, options);
      if (found) return found;
    }
    return undefined;
  }
}

/** A phone with nothing on it; gives its caches. */
export function newPhone() {
  const caches = new MemoryCaches();
  globalThis.caches = /** @type {any} */ (caches);
  return caches;
}

const events = new EventTarget();
globalThis.addEventListener ??= events.addEventListener.bind(events);
globalThis.removeEventListener ??= events.removeEventListener.bind(events);

/** The network is there or not, as the browser tells it. @param {boolean} is */
export function setOnline(is) {
  Object.defineProperty(navigator, "onLine", { value: is, configurable: true });
  events.dispatchEvent(new Event(is ? "online" : "offline"));
}

/** Let no wait between two tries take long: the network seems to come back all the time. */
export function impatient() {
  const ticking = setInterval(() => events.dispatchEvent(new Event("online")), 1);
  return () => clearInterval(ticking);
}
