/** The world around the data layer, made of memory: a clock that waits to be told, storage, locks and channels. */

/** Storage as database.js promises it: all or nothing, and what comes out is not what went in but a copy of it. */
export class MemoryStorage {
  stores = { keys: new Map(), entries: new Map(), records: new Map(), meta: new Map() };

  async read(requests) {
    await null;
    return requests.map(([name, key]) =>
      structuredClone(key === undefined ? this.stores[name] : this.stores[name].get(key)),
    );
  }

  async write(changes) {
    const copies = structuredClone(changes);
    await null;
    for (const [name, key, value] of copies) {
      if (value === undefined) this.stores[name].delete(key);
      else this.stores[name].set(key, value);
    }
  }

  close() {}
}

/** Web Locks, in order of asking. */
export class MemoryLocks {
  #last = new Map();

  async request(name, { ifAvailable = false, signal } = {}, work) {
    if (ifAvailable && this.#last.has(name)) return work(null);
    const before = this.#last.get(name);
    const turn = (async () => {
      await before;
      signal?.throwIfAborted();
      return work({ name });
    })();
    const settled = turn.catch(() => {});
    this.#last.set(name, settled);
    settled.then(() => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    return turn;
  }
}

/** Channels by which the tabs of one phone hear each other. */
export class MemoryChannels {
  #open = new Set();

  open() {
    const listeners = new Set();
    const channel = {
      hear: (data) => listeners.forEach((listener) => listener({ data })),
      addEventListener: (_, listener) => listeners.add(listener),
      postMessage: (message) => {
        const data = structuredClone(message);
        for (const other of this.#open)
          if (other !== channel) queueMicrotask(() => other.hear(data));
      },
      close: () => this.#open.delete(channel),
    };
    this.#open.add(channel);
    return channel;
  }
}

/** Time passes only when told to. */
export class Clock {
  #timers = new Map();
  #next = 1;
  /** What has passed, whatever the clock was set to. */
  #elapsed = 0;

  constructor(now = Date.UTC(2026, 0, 2)) {
    this.time = now;
  }

  now = () => this.time;

  elapsed = () => this.#elapsed;

  setTimer = (work, ms) => {
    this.#timers.set(this.#next, { at: this.time + ms, work });
    return this.#next++;
  };

  clearTimer = (timer) => void this.#timers.delete(timer);

  /** When timers will go off, in ms from now. */
  get waiting() {
    return [...this.#timers.values()].map(({ at }) => at - this.time).sort((a, b) => a - b);
  }

  /** Lets time pass and what is due happen, in its order. */
  async pass(ms) {
    const end = this.time + ms;
    this.#elapsed += ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      if (!due.length) break;
      const [timer, { at, work }] = due.reduce((a, b) => (b[1].at < a[1].at ? b : a));
      this.#timers.delete(timer);
      this.time = Math.max(this.time, at);
      work();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

/** Operations that Web Crypto is busy with, on threads that no clock of ours controls. */
let busy = 0;
const OPERATIONS = ["encrypt", "decrypt", "digest", "sign", "importKey", "deriveKey", "deriveBits"];
for (const name of OPERATIONS) {
  const original = crypto.subtle[name];
  crypto.subtle[name] = async (...args) => {
    busy += 1;
    try {
      return await original.apply(crypto.subtle, args);
    } finally {
      busy -= 1;
    }
  };
}

/** Lets everything that is under way in memory and in Web Crypto come to its end. */
export async function settle() {
  for (let quiet = 0; quiet < 20; quiet = busy ? 0 : quiet + 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * A phone whose tabs share storage, locks and channels.
 *
 * @param {object} [own] what this phone's surroundings have instead
 */
export function createPhone(own = {}) {
  const clock = own.clock ?? new Clock();
  const channels = new MemoryChannels();
  const wakers = new Set();
  const shared = {
    storage: new MemoryStorage(),
    locks: new MemoryLocks(),
    now: clock.now,
    elapsed: clock.elapsed,
    setTimer: clock.setTimer,
    clearTimer: clock.clearTimer,
    random: () => 0.5,
    onWake: (woken) => {
      wakers.add(woken);
      return () => wakers.delete(woken);
    },
    persist: () => {},
    browser: "Firefox",
    system: "Android",
    ...own,
  };
  return {
    ...shared,
    clock,
    /** The surroundings of one tab. */
    tab: () => ({ ...shared, channel: channels.open() }),
    wake: (why) => wakers.forEach((woken) => woken(why)),
  };
}
