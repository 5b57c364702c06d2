// "Remove everything from this phone" affects every tab. Afterwards no tab may store anything again, even if its timers
// keep running. Keep this module small: every page loads it at the start, because a later import might fail.
import { openChannel } from "../platform/channel.js";
import { h } from "../platform/dom.js";
import { gettext } from "../platform/i18n.js";

/** @type {ReturnType<typeof openChannel> | undefined} */
let channel;

/** Listen in this tab for another tab that removes everything. Then stop storing and tell the reader. */
export function followRemoval() {
  channel = openChannel("hearth-removal");
  channel.addEventListener("message", () => {
    closeStores();
    document.querySelector("main")?.replaceChildren(
      h("h1", { text: gettext("Everything is being removed") }),
      h("p", {
        text: gettext("You asked for it on another page of this app. You can close this one."),
      }),
    );
  });
}

/** Tell the other tabs. This tab doesn't receive its own message. */
export function announceRemoval() {
  channel?.postMessage("removed");
}

/**
 * What a browser stores for a site. One that it lacks or refuses is undefined.
 * @typedef {Partial<Pick<typeof globalThis, "indexedDB" | "caches" | "localStorage" | "sessionStorage">>} Stores
 */

const NAMES = /** @type {const} */ (["indexedDB", "caches", "localStorage", "sessionStorage"]);

/**
 * Take storage away from the page's scripts: from now on, whatever they try to store fails.
 *
 * @returns {{stores: Stores, open: () => void}} `stores` is storage for the caller alone; `open` gives it back to all
 */
export function closeStores() {
  const stores = /** @type {Stores} */ (
    Object.fromEntries(NAMES.map((name) => [name, storeNamed(name)]))
  );
  for (const name of NAMES) setGlobal(name, undefined);
  globalThis.document?.dispatchEvent(new Event("stores-closed"));
  return {
    stores,
    open: () => Object.entries(stores).forEach(([name, store]) => setGlobal(name, store)),
  };
}

/** @param {typeof NAMES[number]} name */
function storeNamed(name) {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

/** @param {string} name @param {unknown} value */
function setGlobal(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
