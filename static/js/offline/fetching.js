// Asks the server for one segment of a recording.
import { factsOf, meaningOf, retryAfter } from "./answers.js";
import { spanOf } from "./segments.js";

/** @typedef {import("./answers.js").Facts} Facts */
/** @typedef {import("./kept.js").Note} Note */

/** A line that brings nothing for so long (ms) is given up and asked again. */
const IDLE = 30_000;

/** There is no such recording on the server any more. */
export class GoneError extends Error {
  name = "GoneError";
}

/** The server refuses; asking again would not help. */
export class RefusedError extends Error {
  name = "RefusedError";
}

/** Another file stands at the address now. */
export class ReplacedError extends Error {
  name = "ReplacedError";
  /** @param {string} url @param {Facts} facts what the server told of the new file */
  constructor(url, facts) {
    super(`${url} has changed on the server`);
    this.facts = facts;
  }
}

/** The server can't answer at the moment. */
export class LaterError extends Error {
  name = "LaterError";
  /** @param {string} url @param {number} status @param {number | null} wait milliseconds that it asks for */
  constructor(url, status, wait) {
    super(`${url}: ${status}`);
    this.wait = wait;
  }
}

/**
 * The bytes of one segment, and what the answer told of the file.
 * Raises the errors above, TypeError when the line is cut, AbortError.
 * @param {string} url
 * @param {Pick<Note, "size" | "sha256" | "etag">} known
 * @param {number} index
 * @param {{signal?: AbortSignal, onBytes?: (count: number) => void}} [options] `onBytes` hears how many came
 * @returns {Promise<{bytes: ArrayBuffer, facts: Facts}>}
 */
export async function fetchSegment(url, known, index, { signal, onBytes } = {}) {
  const { first, last } = spanOf(index, known.size);
  /** @type {Record<string, string>} */
  const headers = { Range: `bytes=${first}-${last}` };
  // A weak tag never matches, so the whole file would come.
  if (known.etag && !known.etag.startsWith("W/")) headers["If-Range"] = known.etag;
  return patiently(signal, async (watched, alive) => {
    const response = await ask(url, { headers, signal: watched });
    alive();
    const facts = factsOf(response.status, response.headers);
    const meaning = meaningOf(response.status, response.headers, index, known);
    if (meaning === "changed") {
      await response.body?.cancel();
      throw new ReplacedError(url, facts);
    }
    if (meaning !== "part") throw await problemOf(url, response, meaning);
    const bytes = await read(response, last - first + 1, (count) => {
      alive();
      onBytes?.(count);
    });
    return { bytes, facts };
  });
}

/**
 * Ask whether the file is still the one that is known. Raises ReplacedError when it isn't, and the
 * errors above.
 * @param {string} url @param {Pick<Note, "size" | "sha256" | "etag">} known @param {AbortSignal} [signal]
 */
export async function compare(url, known, signal) {
  const response = await ask(url, { method: "HEAD", signal });
  const meaning = meaningOf(response.status, response.headers, 0, known);
  if (meaning === "changed") throw new ReplacedError(url, factsOf(200, response.headers));
  if (!response.ok) throw await problemOf(url, response, meaning);
}

/** A small file, whole. Raises the same errors. @param {string} url @param {AbortSignal} [signal] */
export async function fetchWhole(url, signal) {
  const response = await ask(url, { signal });
  if (response.ok) return response;
  const meaning = meaningOf(response.status, response.headers, 0, {
    size: 0,
    sha256: "",
    etag: "",
  });
  throw await problemOf(url, response, meaning);
}

/** @param {string} url @param {RequestInit} options */
function ask(url, options) {
  return fetch(url, { ...options, cache: "no-store", credentials: "omit" });
}

/** @param {string} url @param {Response} response @param {string} meaning */
async function problemOf(url, response, meaning) {
  await response.body?.cancel();
  if (meaning === "gone") return new GoneError(url);
  if (meaning === "refused") return new RefusedError(`${url}: ${response.status}`);
  return new LaterError(url, response.status, retryAfter(response.headers, Date.now()));
}

/** @param {Response} response @param {number} length @param {(count: number) => void} onBytes */
async function read(response, length, onBytes) {
  const bytes = new Uint8Array(length);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (count + value.length > length) throw new TypeError("more came than was asked for");
    bytes.set(value, count);
    count += value.length;
    onBytes(count);
  }
  if (count < length) throw new TypeError("the line was cut");
  return bytes.buffer;
}

/**
 * Run a request that is given up when nothing comes for too long: trains stop in tunnels, and
 * browsers would wait for minutes.
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {(signal: AbortSignal, alive: () => void) => Promise<T>} work
 */
async function patiently(signal, work) {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  const idle = () => controller.abort(new TypeError("nothing came for too long"));
  signal?.throwIfAborted();
  let timer = setTimeout(idle, IDLE);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(idle, IDLE);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await work(controller.signal, alive);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
