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
import * as kept from "./kept.js";
import { letIn } from "./newer.js";
import { patience } from "./patience.js";
import { bytesOf, firstMissing } from "./segments.js";
import { RunningSum, sumOf } from "./sums.js";

/** @typedef {import("./kept.js").Note} Note */
/** @typedef {import("./answers.js").Facts} Facts */
/** @typedef {import("./recordings.js").Wanted} Wanted */
/** @typedef {import("./recordings.js").Progress} Progress */

/** Times that another file may appear at the address while one is being saved. */
const REPLACED_AT_MOST = 3;

/** All of it came, but it isn't what the service published; nothing of it was kept. */
export class DamagedError extends Error {
  name = "DamagedError";
}

/** A segment came otherwise than it was before: the line bent it. */
class BentError extends Error {
  name = "BentError";
}

/**
 * Save a recording; saveRecording says how.
 * @param {Wanted} wanted @param {string} path @param {(progress: Progress) => void} onProgress
 * @param {AbortSignal} [signal]
 */
export async function save(wanted, path, onProgress, signal) {
  const saving = new Saving(wanted, path, onProgress, signal);
  try {
    if (await saving.begin()) await saving.fill();
  } catch (error) {
    await saving.stopped();
    throw error;
  }
}

class Saving {
  /** @type {Set<number>} the segments that are here */
  #here = new Set();
  #replaced = 0;
  /** All of it is here already, and stays until the server shows that it has a newer one. */
  #mustCompare = false;

  /** @param {Wanted} wanted @param {string} path @param {(progress: Progress) => void} onProgress @param {AbortSignal} [signal] */
  constructor(wanted, path, onProgress, signal) {
    const { url, size, sha256, ...about } = wanted;
    this.url = url;
    this.path = path;
    this.about = { ...about, asked: sha256 };
    /** What is being filled: the recording itself, or a newer one beside it. */
    this.key = path;
    /** @type {Note} */
    this.note = { path, size, sha256, type: "audio/mpeg", etag: "", ...blank(this.about) };
    this.sum = new RunningSum(this.note);
    this.onProgress = onProgress;
    this.signal = signal;
  }

  /** Go on from an earlier try, if there was one. @returns {Promise<boolean>} whether there is anything to do */
  async begin() {
    const earlier = await kept.noteOf(this.path);
    const newer = earlier?.complete ? await kept.noteOf(kept.nextOf(this.path)) : null;
    if (newer?.whole) {
      await letIn(this.path);
      return false;
    }
    // What nobody noted can't be trusted.
    if (!earlier) await kept.forget(this.path);
    if (newer) this.key = kept.nextOf(this.path);
    this.#mustCompare = Boolean(earlier?.complete && !newer);
    // What plays was asked for by an older page; only the server can tell that they mean the same.
    const asked =
      (this.key === this.path && earlier?.complete && earlier.asked) || this.about.asked;
    await this.#take({ ...this.note, ...(newer ?? earlier), ...this.about, asked, going: true });
    return true;
  }

  async fill() {
    const tries = patience({
      signal: this.signal,
      onOffline: () => this.#tell({ waiting: true }),
    });
    for (;;) {
      this.#tell();
      try {
        if (this.#mustCompare) await compare(this.url, this.note, this.signal);
        this.#mustCompare = false;
        const index = firstMissing(this.#here, this.note.size);
        if (index !== null) await this.#fetch(index);
        else if (await this.#finish()) return;
        tries.succeeded();
      } catch (error) {
        if (isFinal(error)) throw error;
        if (!(error instanceof ReplacedError)) {
          await tries.failed(error, error instanceof LaterError ? error.wait : null);
        } else if (++this.#replaced > REPLACED_AT_MOST) throw error;
        else if (await this.#turnTo(error.facts)) return;
      }
    }
  }

  /** @param {number} index */
  async #fetch(index) {
    const { note } = this;
    const onBytes = (/** @type {number} */ more) => this.#tell({ more });
    const options = { signal: this.signal, onBytes };
    const { bytes, facts } = await fetchSegment(this.url, note, index, options);
    const digest = await sumOf(bytes);
    const known = note.complete ? note.sums?.[index] : undefined;
    if (known && known !== digest) throw new BentError(`${this.url}: segment ${index}`);
    const { etag, type } = facts;
    this.note = {
      ...note,
      etag: etag ?? note.etag,
      type: type ?? note.type,
      sums: note.sums ?? [],
    };
    await kept.keepSegment(this.note, index, bytes);
    this.#here.add(index);
    /** @type {(string | null)[]} */ (this.note.sums)[index] = digest;
    await kept.keepNote(this.note, this.key);
    // Only what isn't proved yet has to be summed up as a whole.
    if (!note.complete) await this.sum.take(this.note, index, bytes);
  }

  /**
   * Compare the sum of all that came with what the service published, and note that it is here.
   * @returns {Promise<boolean>} false when the browser cleared a segment away meanwhile
   */
  async #finish() {
    const isProved = this.note.complete && isSummed(this.note);
    const sum = isProved ? this.note.sha256 : await this.sum.end(this.note);
    this.#here = await kept.segmentsHere(this.note);
    if (sum === null || firstMissing(this.#here, this.note.size) !== null) return false;
    if (sum !== this.note.sha256) {
      await (this.key === this.path ? kept.forget(this.path) : kept.forgetNext(this.path));
      throw new DamagedError(this.url);
    }
    await this.#complete(await this.#captions());
    return true;
  }

  /** @param {import("./kept.js").CaptionsNote | null} captions */
  async #complete(captions) {
    const captionsUrl = captions ? this.about.captionsUrl : undefined;
    const note = { ...this.note, ...this.about, captionsUrl, going: false };
    if (this.key === this.path) {
      if (captions) await kept.keepNote(captions);
      await kept.keepNote({ ...note, complete: true });
      return;
    }
    await kept.keepNote({ ...note, captions: captions ?? undefined, whole: true }, this.key);
    await letIn(this.path);
  }

  /** @returns {Promise<import("./kept.js").CaptionsNote | null>} null where there are none */
  async #captions() {
    const url = this.about.captionsUrl;
    if (!url) return null;
    const path = kept.savedAddress(url);
    if (this.note.complete && (await kept.areCaptionsHere(path))) {
      return /** @type {any} */ (await kept.noteOf(path));
    }
    // Beside the older ones, until the newer voice comes in.
    const place = this.key === this.path ? undefined : `${path}/${this.#folder()}`;
    try {
      return await kept.keepCaptions(path, place, await fetchWhole(url, this.signal));
    } catch (error) {
      // The voice is what matters; without captions the words don't follow it, that is all.
      if (error instanceof GoneError) return null;
      throw error;
    }
  }

  /**
   * Another file stands at the address now. What plays stays; what was only coming is of no use.
   * @param {Facts} facts @returns {Promise<boolean>} whether all is done, since the older one is back
   */
  async #turnTo({ size, sha256, etag }) {
    this.#mustCompare = false;
    const { note } = this;
    const played = this.key === this.path && note.complete ? note : await kept.noteOf(this.path);
    if (played?.complete && sha256 === played.sha256) {
      await kept.forgetNext(this.path);
      await kept.keepNote({ ...played, asked: this.about.asked, going: false });
      return true;
    }
    if (played?.complete) {
      await kept.keepNote({ ...played, going: false });
      await kept.forgetNext(this.path);
      this.key = kept.nextOf(this.path);
    } else await kept.forgetSegments(note);
    const { sums: _, checked: __, captions: ___, ...rest } = note;
    const file = { size: size ?? note.size, sha256: sha256 ?? note.sha256, etag: etag ?? "" };
    this.note = { ...rest, ...this.about, ...file, complete: false, whole: false, going: true };
    if (played?.complete) this.note.place = `${this.path}/${this.#folder()}`;
    await this.#take(this.note);
    return false;
  }

  /** Where a newer one's segments are kept apart from the older one's. */
  #folder() {
    return this.note.sha256.slice(0, 16);
  }

  /** @param {Note} note */
  async #take(note) {
    this.note = await kept.keepNote(note, this.key);
    this.#here = await kept.segmentsHere(note);
    this.sum = new RunningSum(note);
  }

  /** @param {{more?: number, waiting?: boolean}} [news] bytes of the segment that is coming */
  #tell({ more = 0, waiting } = {}) {
    const { size } = this.note;
    const progress = { bytes: bytesOf(this.#here, size) + more, size };
    this.onProgress(waiting ? { ...progress, waiting } : progress);
  }

  /** Somebody paused it, or it failed: it isn't taken up again by itself. */
  async stopped() {
    const note = await kept.noteOf(this.key);
    if (!note) return;
    const isEmpty = !note.complete && !(await kept.segmentsHere(note)).size;
    if (isEmpty)
      await (this.key === this.path ? kept.forget(this.path) : kept.forgetNext(this.path));
    // Even this may find no room; then the next visit tries again by itself.
    else await kept.keepNote({ ...note, going: false }, this.key).catch(() => {});
  }
}

/** @param {Omit<Wanted, "url" | "size" | "sha256"> & {asked: string}} about */
function blank(about) {
  return { ...about, complete: false, going: true };
}

/** Whether the sum of each segment is known. @param {Note} note */
function isSummed({ sums = [], size }) {
  return firstMissing(new Set(sums.flatMap((sum, index) => (sum ? [index] : []))), size) === null;
}

/** Trying again would not help. @param {unknown} error */
function isFinal(error) {
  return [StorageFullError, GoneError, RefusedError, DamagedError].some(
    (kind) => error instanceof kind,
  );
}
