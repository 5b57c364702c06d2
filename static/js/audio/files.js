// The sound files of one recording: reads them from the page, chooses one, and finds its best address.
import { savedAddress, savedState } from "../downloads/recordings.js";
import { voiceOf } from "./voices.js";

/**
 * @typedef {object} Sound one file: one version of a recording in one voice
 * @property {string} version "full" or "short"
 * @property {string} voice
 * @property {string} voiceName the name to show
 * @property {string} address /media/…, on the server
 * @property {string | undefined} captions address of the captions file
 * @property {string} locale the language of the voice
 * @property {string} sha256
 * @property {number} bytes
 * @property {number} seconds
 * @property {boolean} [isGenerated] a computer speaks
 *
 * @typedef {object} Recording everything needed to play it, even when its page is no longer open
 * @property {string} slug
 * @property {string} title
 * @property {string} path the path of its page
 * @property {string} artist the name of the service
 * @property {string} artwork address of the picture
 * @property {Sound[]} sounds
 */

/** Read a recording and its sounds from its page. @param {HTMLElement} page @returns {Recording} */
export function recordingOf(page) {
  const { slug = "", title = "", service = "", artwork = "" } = page.dataset;
  const path = location.pathname;
  return { slug, title, path, artist: service, artwork, sounds: soundsOf(page) };
}

/** Read the list of sound files in the page. @param {Element} page @returns {Sound[]} */
export function soundsOf(page) {
  return Array.from(page.querySelectorAll("[data-audio]"), (element) => {
    const { dataset } = /** @type {HTMLElement} */ (element);
    return {
      version: dataset.audio ?? "",
      voice: dataset.voice ?? "",
      voiceName: dataset.voiceName ?? "",
      address: dataset.address ?? "",
      captions: dataset.captions,
      locale: dataset.locale ?? "",
      sha256: dataset.sha256 ?? "",
      bytes: Number(dataset.bytes),
      seconds: Number(dataset.seconds),
      isGenerated: dataset.generated !== undefined,
    };
  });
}

/**
 * Return the wanted version in the wanted voice. Otherwise prefer, in this order: the same version in the
 * same language, the same version, any sound.
 * @param {Sound[]} sounds @param {string} version @param {string} voice such as "en/george"
 */
export function choose(sounds, version, voice) {
  const ofVersion = sounds.filter((sound) => sound.version === version);
  const language = voice.split("/")[0];
  return (
    ofVersion.find((sound) => voiceOf(sound) === voice) ??
    ofVersion.find((sound) => sound.locale === language) ??
    ofVersion[0] ??
    sounds[0]
  );
}

/**
 * Return the addresses to play a sound from. They lead to the copy on this phone if all of it is saved there and a
 * service worker can serve it. Otherwise they lead to the server.
 * @param {Sound} sound
 */
export async function addressesOf(sound) {
  const isLocal = await isServedHere(sound.address);
  return {
    saved: Boolean(isLocal),
    address: isLocal ? savedAddress(sound.address) : marked(sound.address, sound),
    captions:
      sound.captions && (isLocal ? savedAddress(sound.captions) : marked(sound.captions, sound)),
  };
}

/**
 * Return the address of this very file. Without the mark, a browser that plays while the service replaces the file would
 * get its second half from the new one.
 * @param {string} address @param {Sound} sound
 */
function marked(address, { sha256 }) {
  return `${address}?v=${sha256.slice(0, 8)}`;
}

/** @param {string} address */
async function isServedHere(address) {
  try {
    return navigator.serviceWorker?.controller && (await savedState(address)).state === "saved";
  } catch {
    // The browser refuses to say what it keeps. The server has the recording.
    return false;
  }
}
