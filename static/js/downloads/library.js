// Loads the library: the list of recordings that can be saved, in the page's language and in others.
import { locale } from "../platform/i18n.js";

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
 *
 * @typedef {File & Pick<Recording, "slug" | "title" | "lang">} Sound a file with data of its recording
 */

/**
 * Return the server's library; if it can't be fetched, the one in the active snapshot.
 * Throws TypeError when there is neither.
 * @returns {Promise<Library>}
 */
export async function newestLibrary() {
  try {
    const response = await fetch(path(), { cache: "no-cache" });
    if (response.ok) return await response.json();
  } catch {
    // Offline: use the snapshot's library.
  }
  const library = await cachedLibrary();
  if (!library) throw new TypeError(`${path()} is unavailable`);
  return library;
}

/**
 * Return the library in the active snapshot, without a request to the server.
 * @returns {Promise<Library | null>}
 */
export async function cachedLibrary() {
  const note = await caches.match(`/active/${locale()}`, { cacheName: "hearth-active" });
  const version = note && (await note.json()).version;
  const cached =
    version && (await caches.match(path(), { cacheName: `pages-${locale()}-${version}` }));
  return cached ? cached.json() : null;
}

function path() {
  return `/${locale()}/recordings.json`;
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
