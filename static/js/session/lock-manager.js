// Controls the lock in this tab: asks for the PIN on pages that show entries, closes the lock after the time away, and
// passes the open lock to the app's other tabs. This module is loaded only if a lock is set.
//
// If the lock is open in one tab, another tab opens it without the PIN, over BroadcastChannel. Only pages of this app
// receive these messages, and nothing in them is stored. A tab whose time away has passed doesn't answer. Without this,
// each new tab would ask for the PIN again, and people would choose not to have a lock.
import { createEnvironment } from "../data/environment.js";
import { Lock } from "../data/lock.js";
import { cover, uncover } from "../platform/cover.js";
import { mayLeave } from "../platform/leaving.js";
import { once } from "../platform/once.js";
import { remember } from "../platform/storage.js";
import { IdleTimer } from "./idle-timer.js";
import { LockScreen } from "./lock-screen.js";
import { holdOpen, isOpenInOtherTab, soon } from "./other-tabs.js";
import { keyring } from "./keyring.js";

/** @import { Opened } from "../data/wrapping.js" */

/** If storing the words takes longer than this, close the lock anyway. It usually takes far less. In ms. */
const FLUSHING = 3000;
/** Wait this long for other tabs to answer. In ms. */
const ANSWER = 700;

/** @type {LockManager | undefined} */
let instance;

/** Return the lock manager of this tab. */
export function lockManager() {
  return (instance ??= new LockManager());
}

class LockManager {
  #env = createEnvironment();
  #idleTimer = new IdleTimer(() => void this.close());
  #lockScreen = new LockScreen();
  #isSet = false;
  #isClosing = false;
  /** Whether this tab has asked the other tabs for the open lock. */
  #isFetching = false;
  /** Whether followLinks() was called. */
  #isFollowing = false;
  #loadRouter = once(() => import("../router/router.js"));
  /** Releases the Web Lock of session/other-tabs.js. @type {(() => void) | undefined} */
  #release;
  /** @type {Set<() => void>} called when the lock opens */
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

  /** Start the lock manager, once. If a lock is set, call this before the page's content starts. */
  begin() {
    return (this.#beginning ??= this.#begin());
  }

  async #begin() {
    this.#lockScreen.remember();
    await this.#look();
    if (!this.isClosed) return;
    // Request the script that the opened lock needs while the reader types the PIN.
    this.#loadRouter().catch(() => {});
    if (!(await this.#fetch())) this.#lockScreen.begin();
  }

  /** Wait until entries can be read: the lock is open, or there is none. */
  async opened() {
    if (!this.#isSet) await this.#look();
    if (!this.isClosed) return;
    const opening = new Promise((resolve) => this.#waiting.add(() => resolve(undefined)));
    if (!(await this.#fetch())) await this.#lockScreen.offer();
    await opening;
  }

  /** Offer to open the lock, because a component of the page waits for it. */
  async wanted() {
    if (this.isClosed && !this.#isFetching) await this.#lockScreen.offer();
  }

  /** Show the lock screen on a page that doesn't show it at once. */
  ask() {
    return this.#lockScreen.ask();
  }

  /** Close the lock screen but leave the lock closed. */
  later() {
    return this.#lockScreen.lift(false);
  }

  /** Open the lock, or throw PinError. @param {string} pin as typed */
  async open(pin) {
    const opened = await this.lock.open(pin);
    if (opened) await this.#hold(opened, (await this.lock.state()).after);
    else await this.#gone();
  }

  /**
   * Set a lock, or change its PIN.
   * @param {string} pin as typed
   * @param {{kind: "digits" | "phrase", after?: number}} how `after` is in minutes
   */
  async set(pin, how) {
    const after = how.after ?? this.#idleTimer.after;
    await this.lock.set(pin, how, (opened) => this.#tell({ type: "lock-opened", opened, after }));
    await this.#changed();
    if (keyring.opened) await this.#hold(keyring.opened, after);
  }

  /** Set the time away after which the lock closes. @param {number} minutes */
  async setAfter(minutes) {
    await this.lock.setAfter(minutes);
    await this.#changed();
  }

  /** Tell the other tabs that the lock was removed in this tab. */
  async removed() {
    await this.#changed();
  }

  /** Close the lock in this tab. First store unsaved words, then drop the keys. */
  async close() {
    if (!keyring.opened || this.#isClosing) return;
    this.#isClosing = true;
    cover("lock");
    try {
      const isSaved = (await soon(mayLeave(), FLUSHING)) ?? false;
      keyring.close();
      this.#release?.();
      this.#release = undefined;
      await this.#lockScreen.fall(isSaved);
    } finally {
      this.#isClosing = false;
      uncover("lock");
    }
  }

  /** Close the lock in every tab. */
  async closeAll() {
    this.#tell({ type: "lock-close" });
    await this.close();
  }

  /** Handle a message from another tab. @param {any} data */
  async hear({ type, opened, after }) {
    if (type === "lock-ask" && keyring.opened && !this.#idleTimer.isOver) {
      this.#tell({ type: "lock-opened", opened: keyring.opened, after: this.#idleTimer.after });
    }
    // A locked tab accepts the open lock only after asking for it (#fetch). Any other tab always accepts it: a lock has
    // just been set elsewhere, and this tab stays open.
    if (type === "lock-opened" && (this.#isFetching || !this.isClosed)) {
      await this.#hold(opened, after);
    }
    if (type === "lock-changed") await this.#look();
    if (type === "lock-close") await this.close();
  }

  /** Get the open lock from another tab. @returns {Promise<boolean>} whether the lock is open now */
  async #fetch() {
    if (!(await isOpenInOtherTab())) return false;
    this.#isFetching = true;
    const opening = new Promise((resolve) => this.#waiting.add(() => resolve(true)));
    this.#tell({ type: "lock-ask" });
    await soon(opening, ANSWER);
    this.#isFetching = false;
    return !this.isClosed;
  }

  /** Keep the open lock in this tab. @param {Opened} opened @param {number} after minutes */
  async #hold(opened, after) {
    keyring.hold(opened);
    this.#release ??= holdOpen();
    this.#idleTimer.after = after;
    await this.#followNavigation();
    await this.#activate();
  }

  /** Keep the lock open while the reader moves between pages. */
  async #followNavigation() {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    try {
      const { followLinks } = await this.#loadRouter();
      followLinks(() => keyring.opened !== undefined);
    } catch (error) {
      // The lock is open without this module too. The next page asks for the PIN again.
      this.#isFollowing = false;
      console.info("the lock doesn't stay open for the next page", error);
    }
  }

  /** Let the page go on, because there is no lock any more. */
  async #gone() {
    keyring.forget();
    this.#release?.();
    this.#release = undefined;
    await this.#activate();
  }

  /** Resume everything that waits for the lock. */
  async #activate() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
    await this.#lockScreen.lift(true);
    document.dispatchEvent(new Event("lock-opened"));
  }

  async #changed() {
    this.#tell({ type: "lock-changed" });
    await this.#look();
  }

  /** Read from storage whether there is a lock. Remember the answer as a hint, so that the next page knows to look. */
  async #look() {
    const { kind, after } = await this.lock.state();
    const wasSet = this.#isSet;
    this.#isSet = kind !== null;
    this.#idleTimer.after = after;
    remember("lock", this.#isSet ? "1" : null);
    if (wasSet && !this.#isSet) await this.#gone();
  }

  /** Prepare for a page whose content has just been put into the document. */
  #arrive() {
    this.#lockScreen.remember();
    if (this.isClosed) this.#lockScreen.begin();
  }

  /** Ask other tabs for the open lock when this tab is on the screen again. */
  async #comeBack() {
    if (!document.hidden && this.isClosed) await this.#fetch();
  }

  /** Send a message to the other tabs. @param {{type: string, opened?: Opened, after?: number}} message */
  #tell(message) {
    this.#env.channel.postMessage(message);
  }
}
