// Saves a recording segment by segment. A cut connection or a closed page loses at most one segment.
import { StorageFullError } from "../platform/errors.js";
import {
  DamagedError,
  GoneError,
  LaterError,
  RefusedError,
  ReplacedError,
  SignInError,
} from "./errors.js";
import { compare, fetchCaptions, fetchSegments } from "./fetch-segment.js";
import * as store from "./store.js";
import { activate } from "./newer.js";
import { backoff } from "./backoff.js";
import { reserveRoom } from "./reserve.js";
import { bytesOf, firstMissing } from "./segments.js";
import { RunningSum, sumOf } from "./checksums.js";

/** @typedef {import("./store.js").Note} Note */
/** @typedef {import("./response.js").Facts} Facts */
/** @typedef {import("./recordings.js").Wanted} Wanted */
/** @typedef {import("./recordings.js").Progress} Progress */

/** Give up when the file on the server changes more often than this during one save. */
const REPLACED_AT_MOST = 3;

/** The bytes of a segment differ from those saved before: they were damaged on the way. */
class CorruptSegmentError extends Error {}

/**
 * Save a recording, as described at saveRecording.
 * @param {Wanted} wanted
 * @param {string} path
 * @param {(progress: Progress) => void} onProgress
 * @param {AbortSignal} [signal]
 */
export async function save(wanted, path, onProgress, signal) {
  const saving = new Download(wanted, path, onProgress, signal);
  try {
    if (await saving.begin()) await saving.fill();
  } catch (error) {
    await saving.forgetIfEmpty();
    throw error;
  }
}

class Download {
  /** @type {Set<number>} indexes of the segments in the cache */
  #here = new Set();
  #replaced = 0;
  /** The recording was saved completely before. Ask the server whether it has a newer version first. */
  #mustCompare = false;

  /**
   * @param {Wanted} wanted
   * @param {string} path
   * @param {(progress: Progress) => void} onProgress
   * @param {AbortSignal} [signal]
   */
  constructor(wanted, path, onProgress, signal) {
    const { url, size, sha256, ...about } = wanted;
    this.wanted = wanted;
    this.url = url;
    this.path = path;
    this.about = { ...about, asked: sha256 };
    /** The key of the note being written: of the recording itself, or of a newer version beside it. */
    this.key = path;
    /** @type {Note} */
    this.note = { path, size, sha256, type: "audio/mpeg", etag: "", ...blank(this.about) };
    this.sum = new RunningSum(this.note);
    this.onProgress = onProgress;
    this.signal = signal;
  }

  /**
   * Load what an earlier save has stored.
   * @returns {Promise<boolean>} whether there is anything to do
   */
  async begin() {
    const earlier = await store.noteOf(this.path);
    const newer = earlier?.complete ? await store.noteOf(store.nextOf(this.path)) : null;
    if (newer?.whole) {
      await activate(this.path);
      return false;
    }
    // Segments without a note can't be trusted.
    if (!earlier) await store.forget(this.path);
    if (newer) this.key = store.nextOf(this.path);
    this.#mustCompare = Boolean(earlier?.complete && !newer);
    // A complete recording keeps the `asked` of the older page. Only the server can tell whether this page's
    // SHA-256 stands for the same file.
    const asked =
      (this.key === this.path && earlier?.complete && earlier.asked) || this.about.asked;
    await this.#take({ ...this.note, ...(newer ?? earlier), ...this.about, asked });
    return true;
  }

  /** Fetch the missing segments, then finish. After a temporary error, wait and try again. */
  async fill() {
    const tries = backoff({
      signal: this.signal,
      onOffline: () => this.#report({ waiting: true }),
    });
    for (;;) {
      this.#report();
      try {
        if (this.#mustCompare) await compare(this.url, this.note, this.signal);
        this.#mustCompare = false;
        const index = firstMissing(this.#here, this.note.size);
        if (index !== null) await this.#fetch(index, tries.succeeded);
        else if (await this.#finish()) return;
        tries.succeeded();
      } catch (error) {
        if (isFinal(error)) throw error;
        if (!(error instanceof ReplacedError)) {
          await tries.failed(error, error instanceof LaterError ? error.wait : null);
        } else if (++this.#replaced > REPLACED_AT_MOST) throw error;
        else if (await this.#startOver(error.facts)) return;
      }
    }
  }

  /**
   * Fetch a segment, and store every missing segment that arrives.
   * @param {number} index
   * @param {() => void} onStored called after each
   */
  async #fetch(index, onStored) {
    await reserveRoom();
    const isWanted = (/** @type {number} */ index) => !this.#here.has(index);
    const onBytes = (/** @type {number} */ more) => this.#report({ more });
    const onSegment = async (
      /** @type {number} */ index,
      /** @type {ArrayBuffer} */ bytes,
      /** @type {Facts} */ facts,
    ) => {
      this.signal?.throwIfAborted();
      await this.#store(index, bytes, facts);
      onStored();
    };
    const taker = { isWanted, onBytes, onSegment };
    await fetchSegments(this.url, this.note, index, taker, this.signal);
  }

  /**
   * Store a segment with its digest.
   * @param {number} index
   * @param {ArrayBuffer} bytes
   * @param {Facts} facts
   */
  async #store(index, bytes, { etag, type }) {
    const { note } = this;
    const digest = await sumOf(bytes);
    const known = note.complete ? note.sums?.[index] : undefined;
    if (known && known !== digest) throw new CorruptSegmentError(`${this.url}: segment ${index}`);
    await reserveRoom();
    this.note = {
      ...note,
      etag: etag ?? note.etag,
      type: type ?? note.type,
      sums: note.sums ?? [],
    };
    await store.putSegment(this.note, index, bytes);
    this.#here.add(index);
    /** @type {(string | null)[]} */ (this.note.sums)[index] = digest;
    await store.putNote(this.note, this.key);
    // If the recording was complete before, its SHA-256 is already verified.
    if (!note.complete) await this.sum.take(this.note, index, bytes);
  }

  /**
   * Compare the SHA-256 of all segments with the published one, and mark the recording as complete.
   * @returns {Promise<boolean>} false when the browser evicted a segment meanwhile
   */
  async #finish() {
    const isVerified = this.note.complete && isSummed(this.note);
    const sum = isVerified ? this.note.sha256 : await this.sum.end(this.note);
    this.#here = await store.segmentsHere(this.note);
    if (sum === null || firstMissing(this.#here, this.note.size) !== null) return false;
    if (sum !== this.note.sha256) {
      await (this.key === this.path ? store.forget(this.path) : store.forgetNext(this.path));
      throw new DamagedError(this.url);
    }
    await this.#complete(await this.#captions());
    return true;
  }

  /**
   * Store the final note. A newer version replaces the older one as soon as no tab is busy.
   * @param {import("./store.js").CaptionsNote | null} captions
   */
  async #complete(captions) {
    const captionsUrl = captions ? this.about.captionsUrl : undefined;
    const note = { ...this.note, ...this.about, captionsUrl };
    if (this.key === this.path) {
      if (captions) await store.putNote(captions);
      await store.putNote({ ...note, complete: true });
      return;
    }
    await store.putNote({ ...note, captions: captions ?? undefined, whole: true }, this.key);
    await activate(this.path);
  }

  /**
   * Fetch and store the captions, unless they are already here.
   * @returns {Promise<import("./store.js").CaptionsNote | null>} null if there are none
   */
  async #captions() {
    const url = this.about.captionsUrl;
    if (!url) return null;
    const path = store.savedAddress(url);
    if (this.note.complete && (await store.areCaptionsHere(path))) {
      return /** @type {any} */ (await store.noteOf(path));
    }
    // Captions of a newer version have a folder of their own. The older ones stay until it replaces the older version.
    const place = this.key === this.path ? undefined : `${path}/${this.#folder()}`;
    try {
      return await store.putCaptions(path, place, await fetchCaptions(url, this.signal));
    } catch (error) {
      // A recording without captions is still worth saving: only the text doesn't follow the voice.
      if (error instanceof GoneError) return null;
      throw error;
    }
  }

  /**
   * Save the other file that the server has now. A complete recording stays; segments of an incomplete one are deleted.
   * @param {Facts} facts
   * @returns {Promise<boolean>} whether nothing is left to do, because the server has the saved version again
   */
  async #startOver({ size, sha256, etag }) {
    this.#mustCompare = false;
    const { note } = this;
    const playable = this.key === this.path && note.complete ? note : await store.noteOf(this.path);
    if (playable?.complete && sha256 === playable.sha256) {
      await store.forgetNext(this.path);
      await store.putNote({ ...playable, asked: this.about.asked });
      return true;
    }
    if (playable?.complete) {
      await store.forgetNext(this.path);
      this.key = store.nextOf(this.path);
    } else await store.forgetSegments(note);
    const { sums: _, checked: __, captions: ___, ...rest } = note;
    // A proxy that compresses doesn't say the size. If it is the file that the page knows, so is its size.
    const ownSize = sha256 === this.wanted.sha256 ? this.wanted.size : note.size;
    const file = { size: size ?? ownSize, sha256: sha256 ?? note.sha256, etag: etag ?? "" };
    this.note = { ...rest, ...this.about, ...file, complete: false, whole: false };
    if (playable?.complete) this.note.place = `${this.path}/${this.#folder()}`;
    await this.#take(this.note);
    return false;
  }

  /** Return the folder that separates a newer version's segments from the older version's. */
  #folder() {
    return this.note.sha256.slice(0, 16);
  }

  /**
   * Store a note and work with it from now on.
   * @param {Note} note
   */
  async #take(note) {
    this.note = await store.putNote(note, this.key);
    this.#here = await store.segmentsHere(note);
    this.sum = new RunningSum(note);
  }

  /**
   * Report progress.
   * @param {{more?: number, waiting?: boolean}} [news] `more`: bytes of the segment that is arriving
   */
  #report({ more = 0, waiting } = {}) {
    const { size } = this.note;
    const progress = { bytes: bytesOf(this.#here, size) + more, size };
    this.onProgress(waiting ? { ...progress, waiting } : progress);
  }

  /** Delete the note if nothing of the recording has arrived. */
  async forgetIfEmpty() {
    const note = await store.noteOf(this.key);
    if (!note || note.complete || (await store.segmentsHere(note)).size) return;
    await (this.key === this.path ? store.forget(this.path) : store.forgetNext(this.path));
  }
}

/** @param {Omit<Wanted, "url" | "size" | "sha256"> & {asked: string}} about */
function blank(about) {
  return { ...about, complete: false };
}

/**
 * Return whether the digest of every segment is known.
 * @param {Note} note
 */
function isSummed({ sums = [], size }) {
  return firstMissing(new Set(sums.flatMap((sum, index) => (sum ? [index] : []))), size) === null;
}

/**
 * Return whether trying again at once would not help.
 * @param {unknown} error
 */
function isFinal(error) {
  return [StorageFullError, GoneError, RefusedError, SignInError, DamagedError].some(
    (kind) => error instanceof kind,
  );
}
