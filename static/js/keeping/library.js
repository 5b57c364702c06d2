// Which recordings there are to keep, in the page's language and in others.
import { locale } from "../lib/messages.js";

/**
 * @typedef {object} File one sound file, as recordings.json names it
 * @property {string} address /media/<locale>/<file>
 * @property {string} [captions]
 * @property {string} version "full" or "short"
 * @property {string} voice
 * @property {string} voiceName
 * @property {string} locale the language that is spoken
 * @property {string} sha256
 * @property {number} bytes
 *
 * @typedef {{slug: string, title: string, lang?: string, files: File[]}} Recording
 *
 * @typedef {object} Library
 * @property {string} locale
 * @property {Recording[]} recordings in the page's language, or English where it has none
 * @property {{locale: string, name: string, recordings: Recording[]}[]} others other languages
 *
 * @typedef {File & Pick<Recording, "slug" | "title" | "lang">} Sound a file with what it is of
 */

/** As the server has it now, or as it was when this phone last saw it. @returns {Promise<Library>} */
export async function newestLibrary() {
  try {
    const answer = await fetch(path(), { cache: "no-cache" });
    if (answer.ok) return await answer.json();
  } catch {
    // Offline: what the pages here know will do.
  }
  const library = await keptLibrary();
  if (!library) throw new TypeError(`${path()} can't be had`);
  return library;
}

/** As the pages on this phone know it; asks nobody. @returns {Promise<Library | null>} */
export async function keptLibrary() {
  const note = await caches.match(`/active/${locale()}`, { cacheName: "hearth-active" });
  const version = note && (await note.json()).version;
  const kept =
    version && (await caches.match(path(), { cacheName: `pages-${locale()}-${version}` }));
  return kept ? kept.json() : null;
}

function path() {
  return `/${locale()}/recordings.json`;
}

/** Every file of the library, by address. @param {Library} library @returns {Map<string, Sound>} */
export function soundsByAddress({ recordings, others }) {
  const all = [...recordings, ...others.flatMap((other) => other.recordings)];
  return new Map(all.flatMap(soundsOf).map((sound) => [sound.address, sound]));
}

/** @param {Recording} recording @returns {Sound[]} */
export function soundsOf({ files, ...about }) {
  const { slug, title, lang } = about;
  return files.map((file) => ({ ...file, slug, title, lang }));
}
