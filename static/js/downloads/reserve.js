// Keeps room for the reader's words. Browsers promise no room, so a file of random bytes takes it up before pages and
// sound can. The file goes when a write of words is refused (room.js), and comes back before more pages or sound.
import { StorageFullError, writeError } from "../platform/errors.js";

/** Bytes. They hold several hundred notes, or some minutes of a voice note. */
export const RESERVE = 1024 * 1024;

const CACHE = "room-for-words";
const FILE = "/room-for-words";
/** crypto.getRandomValues gives this many bytes at most. */
const MOST_RANDOM = 65_536;

/**
 * Take up the room for words, if that isn't done. Call this before pages or sound are stored.
 * Throws StorageFullError.
 */
export async function reserveRoom() {
  try {
    const cache = await caches.open(CACHE);
    // A response from match() would hold the room, even after the file is deleted.
    if ((await cache.keys(FILE)).length) return;
    await cache.put(FILE, new Response(randomBytes()));
  } catch (error) {
    throw writeError(error);
  }
}

/** Give the room to the words. Return whether there was any. */
export async function releaseRoom() {
  return (await caches.has(CACHE)) && (await caches.open(CACHE)).delete(FILE);
}

/**
 * Repeat a write of a note in the room for words, of which a note needs next to nothing. Pages and recordings may have
 * taken all other room, and only the note makes them count. Throws StorageFullError, or `error` if it is another one.
 * @param {unknown} error by which the write was refused
 * @param {() => Promise<unknown>} write
 */
export async function writeAgain(error, write) {
  if (!(error instanceof StorageFullError)) throw error;
  await releaseRoom();
  await write();
}

/** Random bytes take up room even where the phone compresses files. */
function randomBytes() {
  const bytes = new Uint8Array(RESERVE);
  for (let first = 0; first < RESERVE; first += MOST_RANDOM) {
    crypto.getRandomValues(bytes.subarray(first, first + MOST_RANDOM));
  }
  return bytes;
}
