// "Remove everything from this phone" concerns every tab: none may store anything again afterwards,
// however its own timers go on. Small, because every page carries it: what comes later might not load.
import { h } from "./dom.js";
import { gettext } from "./messages.js";

/** @type {BroadcastChannel | undefined} */
let channel;

/** In every tab: when another one removes everything, this one lets go and says so. */
export function followRemoval() {
  if (typeof BroadcastChannel === "undefined") return;
  channel = new BroadcastChannel("hearth-removal");
  channel.onmessage = () => {
    closeStores();
    document.querySelector("main")?.replaceChildren(
      h("h1", { text: gettext("Everything is being removed") }),
      h("p", {
        text: gettext("You asked for it on another page of this app. You can close this one."),
      }),
    );
  };
}

/** Tell the other tabs; the one that speaks doesn't hear itself. */
export function announceRemoval() {
  channel?.postMessage("removed");
}

/** @typedef {Pick<typeof globalThis, "indexedDB" | "caches" | "localStorage" | "sessionStorage">} Stores */

/**
 * From here on, whatever this page still means to store fails.
 *
 * @returns {{stores: Stores, open: () => void}} the way in for the caller alone, and how to open it for all again
 */
export function closeStores() {
  const { indexedDB, caches, localStorage, sessionStorage } = globalThis;
  /** @type {Stores} */
  const stores = { indexedDB, caches, localStorage, sessionStorage };
  for (const name of Object.keys(stores)) put(name, undefined);
  globalThis.document?.dispatchEvent(new Event("stores-closed"));
  return {
    stores,
    open: () => Object.entries(stores).forEach(([name, store]) => put(name, store)),
  };
}

/** @param {string} name @param {unknown} value */
function put(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
