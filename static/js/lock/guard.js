// Watches over the lock in this tab: asks for the PIN where words are, lets it fall shut after the time away, and
// hands the open lock to the app's other tabs. Loaded only where a lock is set.
//
// A lock that is open in one tab opens in another without a PIN, over BroadcastChannel: only pages of this app hear
// it, nothing of it is stored, and a tab whose time away is over has nothing left to give. Without that, every new
// tab and every link opened beside would ask again, and people would choose no lock at all.
import { createEnvironment } from "../data/environment.js";
import { Lock } from "../data/lock.js";
import { cover, uncover } from "../lib/cover.js";
import { mayLeave } from "../lib/leaving.js";
import { remember } from "../lib/memory.js";
import { Away } from "./away.js";
import { Curtain } from "./curtain.js";
import { holdOpen, isOpenElsewhere, soon } from "./elsewhere.js";
import { keyring } from "./keyring.js";

/** @import { Opened } from "../data/wrapping.js" */

/** Words are stored in far less; who can't store them isn't kept waiting uncovered. ms */
const FLUSHING = 3000;
/** Other tabs answer in this time, ms. */
const ANSWER = 700;

/** @type {Guard | undefined} */
let one;

/** The one of this tab. */
export function guard() {
  return (one ??= new Guard());
}

class Guard {
  #env = createEnvironment();
  #away = new Away(() => void this.close());
  #curtain = new Curtain();
  #isSet = false;
  #isClosing = false;
  #isFetching = false;
  #isFollowing = false;
  /** @type {(() => void) | undefined} */
  #release;
  /** @type {Set<() => void>} who waits for the lock to open */
  #waiting = new Set();
  /** @type {Promise<void> | undefined} */
  #beginning;

  lock = new Lock(this.#env, keyring);

  constructor() {
    this.#env.channel.addEventListener("message", ({ data }) => void this.hear(data));
    document.addEventListener("page-shown", () => this.#arrive());
    document.addEventListener("visibilitychange", () => void this.#comeBack());
    addEventListener("pageshow", ({ persisted }) => void (persisted && this.#comeBack()));
  }

  /** Whether there is a lock and it is closed. */
  get isClosed() {
    return this.#isSet && !keyring.opened;
  }

  /** Once, before the page's content starts if there is a lock by then. */
  begin() {
    return (this.#beginning ??= this.#begin());
  }

  async #begin() {
    this.#curtain.remember();
    await this.#look();
    if (!this.isClosed) return;
    if (!(await this.#fetch())) this.#curtain.begin();
  }

  /** Comes back when what was written can be read. */
  async opened() {
    if (!this.#isSet) await this.#look();
    if (!this.isClosed) return;
    const opening = new Promise((resolve) => this.#waiting.add(() => resolve(undefined)));
    if (!(await this.#fetch())) await this.#curtain.offer();
    await opening;
  }

  /** A part of the page waits, again or since the page is another. */
  async wanted() {
    if (this.isClosed && !this.#isFetching) await this.#curtain.offer();
  }

  /** The lock screen, where it doesn't come by itself. */
  ask() {
    return this.#curtain.ask();
  }

  /** On without what is locked. */
  later() {
    return this.#curtain.lift(false);
  }

  /** @param {string} pin as typed; throws PinError */
  async open(pin) {
    const opened = await this.lock.open(pin);
    if (opened) await this.#hold(opened, (await this.lock.state()).after);
    else await this.#gone();
  }

  /** The lock is set, or set anew. @param {string} pin @param {{kind: "digits" | "phrase", after?: number}} how */
  async set(pin, how) {
    const after = how.after ?? this.#away.after;
    await this.lock.set(pin, how, (opened) => this.#tell({ type: "lock-opened", opened, after }));
    await this.#changed();
    if (keyring.opened) await this.#hold(keyring.opened, after);
  }

  /** @param {number} minutes */
  async setAfter(minutes) {
    await this.lock.setAfter(minutes);
    await this.#changed();
  }

  /** The lock was taken away, here: the others hear of it. */
  async removed() {
    await this.#changed();
  }

  /** The lock falls shut: words first, then keys. */
  async close() {
    if (!keyring.opened || this.#isClosing) return;
    this.#isClosing = true;
    cover("lock");
    try {
      const isSaved = (await soon(mayLeave(), FLUSHING)) ?? false;
      keyring.close();
      this.#release?.();
      this.#release = undefined;
      await this.#curtain.fall(isSaved);
    } finally {
      this.#isClosing = false;
      uncover("lock");
    }
  }

  /** In every tab. */
  async closeAll() {
    this.#tell({ type: "lock-close" });
    await this.close();
  }

  /** What another tab says. @param {any} data */
  async hear({ type, opened, after }) {
    if (type === "lock-ask" && keyring.opened && !this.#away.isOver) {
      this.#tell({ type: "lock-opened", opened: keyring.opened, after: this.#away.after });
    }
    // A tab that is closed takes it only when it has asked (#fetch); one that has just heard of a lock, to stay open.
    if (type === "lock-opened" && (this.#isFetching || !this.isClosed)) {
      await this.#hold(opened, after);
    }
    if (type === "lock-changed") await this.#look();
    if (type === "lock-close") await this.close();
  }

  /** The open lock from another tab. @returns {Promise<boolean>} whether there was one */
  async #fetch() {
    if (!(await isOpenElsewhere())) return false;
    this.#isFetching = true;
    const opening = new Promise((resolve) => this.#waiting.add(() => resolve(true)));
    this.#tell({ type: "lock-ask" });
    await soon(opening, ANSWER);
    this.#isFetching = false;
    return !this.isClosed;
  }

  /** @param {Opened} opened @param {number} after minutes */
  async #hold(opened, after) {
    keyring.hold(opened);
    this.#release ??= holdOpen();
    this.#away.after = after;
    const { followLinks } = await import("../navigation/navigation.js");
    if (!this.#isFollowing) followLinks(() => keyring.opened !== undefined);
    this.#isFollowing = true;
    await this.#letIn();
  }

  /** There is no lock any more. */
  async #gone() {
    keyring.forget();
    this.#release?.();
    this.#release = undefined;
    await this.#letIn();
  }

  async #letIn() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const go of waiting) go();
    await this.#curtain.lift(true);
    document.dispatchEvent(new Event("lock-opened"));
  }

  async #changed() {
    this.#tell({ type: "lock-changed" });
    await this.#look();
  }

  /** What is stored decides; the hint tells the next page to look at all. */
  async #look() {
    const { kind, after } = await this.lock.state();
    const wasSet = this.#isSet;
    this.#isSet = kind !== null;
    this.#away.after = after;
    remember("lock", this.#isSet ? "1" : null);
    if (wasSet && !this.#isSet) await this.#gone();
  }

  #arrive() {
    this.#curtain.remember();
    if (this.isClosed) this.#curtain.begin();
  }

  async #comeBack() {
    if (!document.hidden && this.isClosed) await this.#fetch();
  }

  /** @param {{type: string, opened?: Opened, after?: number}} message */
  #tell(message) {
    this.#env.channel.postMessage(message);
  }
}
