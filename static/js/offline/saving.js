// Saves a recording segment by segment: a cut line or a closed page costs at most one.
import {
  compare,
  fetchSegment,
  fetchWhole,
  GoneError,
  LaterError,
  RefusedError,
  ReplacedError,
} from "./fetching.js";
import { StorageFullError } from "./full.js";
import { hex } from "./hex.js";
import * as kept from "./kept.js";
import { patience } from "./patience.js";
import { bytesOf, firstMissing, segmentCount } from "./segments.js";

/** @typedef {import("./kept.js").Note} Note */
/** @typedef {import("./recordings.js").Wanted} Wanted */
/** @typedef {import("./recordings.js").Progress} Progress */

/** Times that another file may appear at the address while one is being saved. */
const REPLACED_AT_MOST = 3;

/** All of it came, but it isn't what the service published; nothing of it was kept. */
export class DamagedError extends Error {
  name = "DamagedError";
}

/**
 * Save a recording; saveRecording says how.
 * @param {Wanted} wanted @param {string} path @param {(progress: Progress) => void} onProgress
 * @param {AbortSignal} [signal]
 */
export async function save(wanted, path, onProgress, signal) {
  try {
    await fill(wanted, path, onProgress, signal);
  } catch (error) {
    await stopped(path);
    throw error;
  }
}

/** @param {Wanted} wanted @param {string} path @param {(progress: Progress) => void} onProgress @param {AbortSignal} [signal] */
async function fill(wanted, path, onProgress, signal) {
  let note = await begin(wanted, path);
  let bytes = 0;
  let replaced = 0;
  const tries = patience({
    signal,
    onOffline: () => onProgress({ bytes, size: note.size, waiting: true }),
  });
  for (;;) {
    const here = await kept.segmentsHere(path);
    const index = firstMissing(here, note.size);
    bytes = bytesOf(here, note.size);
    onProgress({ bytes, size: note.size });
    try {
      if (note.complete) {
        // All of it is here already, and stays until the server shows that it has a newer one.
        await compare(wanted.url, note, signal);
        note = { ...note, complete: false };
      }
      if (index === null) {
        if (await finish(note, wanted, signal)) return;
        continue;
      }
      const onBytes = (/** @type {number} */ more) =>
        onProgress({ bytes: bytes + more, size: note.size });
      const came = await fetchSegment(wanted.url, note, index, { signal, onBytes });
      note = await learn(note, came.facts);
      await kept.keepSegment(path, index, came.bytes, note.type);
      tries.succeeded();
    } catch (error) {
      if (isFinal(error)) throw error;
      if (error instanceof ReplacedError) {
        if (++replaced > REPLACED_AT_MOST) throw error;
        note = await startAgain(note, error.facts);
      } else await tries.failed(error, error instanceof LaterError ? error.wait : null);
    }
  }
}

/** Trying again would not help. @param {unknown} error */
function isFinal(error) {
  return [StorageFullError, GoneError, RefusedError, DamagedError].some(
    (kind) => error instanceof kind,
  );
}

/** The note of what is being saved: that of an earlier try, or a new one. @param {Wanted} wanted @param {string} path @returns {Promise<Note>} */
async function begin(wanted, path) {
  const { url: _, size, sha256, ...about } = wanted;
  const earlier = await kept.noteOf(path);
  // What nobody noted can't be trusted.
  if (!earlier) await kept.forgetSegments(path);
  const file = earlier ?? { path, size, sha256, type: "audio/mpeg", etag: "" };
  const complete = earlier?.complete ?? false;
  return kept.keepNote({ ...file, ...about, asked: sha256, complete, going: true });
}

/** @param {Note} note @param {import("./answers.js").Facts} facts */
async function learn(note, { etag, type }) {
  const known = { ...note, etag: etag ?? note.etag, type: type ?? note.type };
  const isNews = known.etag !== note.etag || known.type !== note.type;
  return isNews ? kept.keepNote(known) : note;
}

/** What came of another file is of no use. @param {Note} note @param {import("./answers.js").Facts} facts */
async function startAgain(note, { size, sha256, etag }) {
  await kept.forgetSegments(note.path);
  return kept.keepNote({
    ...note,
    size: size ?? note.size,
    sha256: sha256 ?? note.sha256,
    etag: etag ?? "",
    complete: false,
  });
}

/**
 * Compare the sum of all that came with what the service published, and note that it is here.
 * @param {Note} note @param {Wanted} wanted @param {AbortSignal} [signal]
 * @returns {Promise<boolean>} false when the browser cleared a segment away meanwhile
 */
async function finish(note, { url, captionsUrl }, signal) {
  const sum = await sumOf(note);
  if (sum === null) return false;
  if (sum !== note.sha256) {
    await kept.forget(note.path);
    throw new DamagedError(url);
  }
  const captions = captionsUrl && (await saveCaptions(captionsUrl, signal));
  await kept.keepNote({
    ...note,
    captionsUrl: captions ? captionsUrl : undefined,
    complete: true,
    going: false,
  });
  return true;
}

/** @param {Note} note @returns {Promise<string | null>} */
async function sumOf({ path, size }) {
  // Segment by segment: WebCrypto would need the whole recording in memory at once.
  const { sha256 } = await import("@noble/hashes/sha2.js");
  const sum = sha256.create();
  for (let index = 0; index < segmentCount(size); index++) {
    const bytes = await kept.segment(path, index);
    if (!bytes) return null;
    sum.update(new Uint8Array(bytes));
  }
  return hex(sum.digest());
}

/** @param {string} url @param {AbortSignal} [signal] @returns {Promise<boolean>} whether there are any */
async function saveCaptions(url, signal) {
  try {
    await kept.keepCaptions(kept.savedAddress(url), await fetchWhole(url, signal));
    return true;
  } catch (error) {
    // The voice is what matters; without captions the words don't follow it, that is all.
    if (error instanceof GoneError) return false;
    throw error;
  }
}

/** Somebody paused it, or it failed: it isn't taken up again by itself. @param {string} path */
async function stopped(path) {
  const note = await kept.noteOf(path);
  if (!note) return;
  const here = await kept.segmentsHere(path);
  if (!here.size) await kept.forget(path);
  // Even this may find no room; then the next visit tries again by itself.
  else await kept.keepNote({ ...note, going: false }).catch(() => {});
}
