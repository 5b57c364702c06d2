// Loads the library: the list of recordings that can be saved, in the page's language and in others.
import { locale } from "../platform/i18n.js";
import { isFromHearth } from "./from-hearth.js";

/**
 * @typedef {object} File one sound file in recordings.json
 * @property {string} address /media/<locale>/<file>
 * @property {string} [captions]
 * @property {string} version "full" or "short"
 * @property {string} voice
 * @property {string} voiceName
 * @property {string} locale the spoken language
 * @property {string} sha256
 * @property {number} bytes
 *
 * @typedef {{slug: string, title: string, lang?: string, files: File[]}} Recording
 *
 * @typedef {object} Library
 * @property {string} locale
 * @property {Recording[]} recordings in the page's language; in English if there are none
 * @property {{locale: string, name: string, recordings: Recording[]}[]} others other languages
 * @property {boolean} [isOld] it comes from the snapshot, because the server didn't send its own
 *
 * @typedef {File & Pick<Recording, "slug" | "title" | "lang">} Sound a file with data of its recording
 */

/**
 * Return the server's library; if it can't be fetched, the one in the active snapshot.
 * Throws TypeError when there is neither.
 * @param {string} [language] the page's language if left out
 * @param {AbortSignal | null} [signal] ends the request, not the search in the snapshot
 * @returns {Promise<Library>}
 */
export async function newestLibrary(language = locale(), signal = null) {
  try {
    const response = await fetch(path(language), { cache: "no-cache", signal });
    const isOffered = response.status !== 404 || !isFromHearth(response.headers);
    if (!isOffered) return { locale: language, recordings: [], others: [] };
    const library = response.ok && (await response.json());
    if (Array.isArray(library?.recordings) && Array.isArray(library.others)) return library;
  } catch {
    // Offline, or a page for signing in to Wi-Fi: use the snapshot's library.
  }
  const library = await cachedLibrary(language);
  if (!library) throw new TypeError(`${path(language)} is unavailable`);
  return { ...library, isOld: true };
}

/**
 * Return the library in the active snapshot, without a request to the server.
 * @param {string} [language] the page's language if left out
 * @returns {Promise<Library | null>}
 */
export async function cachedLibrary(language = locale()) {
  const note = await caches.match(`/active/${language}`, { cacheName: "hearth-active" });
  const version = note && (await note.json()).version;
  const cached =
    version && (await caches.match(path(language), { cacheName: `pages-${language}-${version}` }));
  return cached ? cached.json() : null;
}

/** @param {string} language */
function path(language) {
  return `/${language}/recordings.json`;
}

/**
 * Return every file of the library, by address.
 * @param {Library} library
 * @returns {Map<string, Sound>}
 */
export function soundsByAddress({ recordings, others }) {
  const all = [...recordings, ...others.flatMap((other) => other.recordings)];
  return new Map(all.flatMap(soundsOf).map((sound) => [sound.address, sound]));
}

/**
 * Return the files of a recording, each with the recording's slug, title and language.
 * @param {Recording} recording
 * @returns {Sound[]}
 */
export function soundsOf({ files, ...about }) {
  const { slug, title, lang } = about;
  return files.map((file) => ({ ...file, slug, title, lang }));
}
