// The sound files of one recording: which there are, and where each is best played from.
import { savedAddress, savedState } from "../offline/recordings.js";
import { voiceOf } from "./voices.js";

/**
 * @typedef {object} Sound
 * @property {string} version "full" or "short"
 * @property {string} voice
 * @property {string} voiceName as it is written for people
 * @property {string} address /media/…, from the server
 * @property {string | undefined} captions
 * @property {string} locale the language that is spoken
 * @property {string} sha256
 * @property {number} bytes
 * @property {number} seconds
 *
 * @typedef {object} Recording what can be listened to, wherever the reader goes on to
 * @property {string} slug
 * @property {string} title
 * @property {string} path of its page
 * @property {string} artist
 * @property {string} artwork
 * @property {Sound[]} sounds
 */

/** Read what the page says of its recording. @param {HTMLElement} page @returns {Recording} */
export function recordingOf(page) {
  const { slug = "", title = "", service = "", artwork = "" } = page.dataset;
  const path = location.pathname;
  return { slug, title, path, artist: service, artwork, sounds: soundsOf(page) };
}

/** Read the list that the page carries. @param {Element} page @returns {Sound[]} */
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
    };
  });
}

/**
 * The wanted version in the wanted voice, or what comes nearest.
 * @param {Sound[]} sounds @param {string} version @param {string} voice "en/george"
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

/** Out of this phone where all of it is saved, else from the server. @param {Sound} sound */
export async function addressesOf(sound) {
  const local = navigator.serviceWorker?.controller && (await isSaved(sound.address));
  return {
    saved: Boolean(local),
    address: local ? savedAddress(sound.address) : sound.address,
    captions: sound.captions && (local ? savedAddress(sound.captions) : sound.captions),
  };
}

/** @param {string} address */
async function isSaved(address) {
  const { state } = await savedState(address);
  return state === "saved";
}
