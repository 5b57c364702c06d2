// Finds out what the queue asks for: which files they are, and how much of each is saved.
import { locale } from "../platform/i18n.js";
import { newestLibrary, soundsByAddress } from "./library.js";
import { itemsOf } from "./overview.js";
import { listSaved } from "./recordings.js";
import { soundsOfQueue } from "./selection.js";

/** @typedef {import("./library.js").Library} Library */
/** @typedef {import("./library.js").Sound} Sound */
/** @typedef {import("./overview.js").Item} Item */

/** @type {Library} */
const NO_LIBRARY = { locale: "", recordings: [], others: [] };

/**
 * Return the files of the queue, and how much of each is saved. `unknown` are requested addresses that no library has:
 * the service no longer has them, unless `isOld` says that the server didn't send every library.
 * @param {import("./queue.js").Queue} queue
 * @param {Map<string, Sound>} requested files that need no library, by address
 * @param {AbortSignal} signal ends the requests for libraries
 * @returns {Promise<{items: Item[], unknown: string[], isOld: boolean}>}
 */
export async function findItems(queue, requested, signal) {
  const { also, choice, only } = queue;
  const isKnown = (only || !choice) && also.every((address) => requested.has(address));
  const library = isKnown ? NO_LIBRARY : await newestLibrary(locale(), signal);
  const sounds = new Map([...requested, ...soundsByAddress(library)]);
  const unknown = () => also.filter((address) => !sounds.has(address));
  let isOld = library.isOld === true;
  // Another language's library may list them.
  for (const language of new Set(unknown().map(languageOf))) {
    if (language === locale()) continue;
    const other = await newestLibrary(language, signal).catch(() => OLD);
    isOld ||= other.isOld === true;
    for (const [address, sound] of soundsByAddress(other)) sounds.set(address, sound);
  }
  const saved = await listSaved((url) => sounds.get(url)?.sha256);
  const items = itemsOf(soundsOfQueue(library, queue, sounds), saved, also);
  return { items, unknown: unknown(), isOld };
}

/** In place of a library that can't be had now. @type {Library} */
const OLD = { ...NO_LIBRARY, isOld: true };

/** Return the language of a recording, from its address /media/<locale>/<file>. @param {string} address */
const languageOf = (address) => address.split("/")[2] ?? "";
