// Requests one segment of a recording from the server.
import { GoneError, LaterError, RefusedError, ReplacedError } from "./errors.js";
import { factsOf, meaningOf, retryAfter } from "./response.js";
import { spanOf } from "./segments.js";
import { fetchSignedIn } from "./sign-in.js";

/** @typedef {import("./response.js").Facts} Facts */
/** @typedef {import("./store.js").Note} Note */

/** If no bytes arrive for this long, the request is aborted and sent again. In ms. */
const IDLE = 30_000;

/**
 * Fetch one segment. Return its bytes and what the response says about the file.
 * Throws the errors of errors.js, TypeError when the connection is cut, and AbortError.
 * @param {string} url
 * @param {Pick<Note, "size" | "sha256" | "etag">} known
 * @param {number} index
 * @param {{signal?: AbortSignal, onBytes?: (count: number) => void}} [options] `onBytes` is called with the
 * number of bytes that have arrived so far
 * @returns {Promise<{bytes: ArrayBuffer, facts: Facts}>}
 */
export async function fetchSegment(url, known, index, { signal, onBytes } = {}) {
  const { first, last } = spanOf(index, known.size);
  /** @type {Record<string, string>} */
  const headers = { Range: `bytes=${first}-${last}` };
  // A weak tag never matches, so the server would send the whole file.
  if (known.etag && !known.etag.startsWith("W/")) headers["If-Range"] = known.etag;
  return withIdleTimeout(signal, async (idleSignal, restartTimer) => {
    const response = await request(url, { headers, signal: idleSignal });
    restartTimer();
    const facts = factsOf(response.status, response.headers);
    const meaning = meaningOf(response.status, response.headers, index, known);
    if (meaning === "changed") {
      await response.body?.cancel();
      throw new ReplacedError(url, facts);
    }
    if (meaning !== "part") throw await errorFor(url, response, meaning);
    const bytes = await read(response, last - first + 1, (count) => {
      restartTimer();
      onBytes?.(count);
    });
    return { bytes, facts };
  });
}

/**
 * Check that the server still has the known file. Throws ReplacedError when it has another one, or
 * another error of errors.js.
 * @param {string} url
 * @param {Pick<Note, "size" | "sha256" | "etag">} known
 * @param {AbortSignal} [signal]
 */
export async function compare(url, known, signal) {
  const response = await request(url, { method: "HEAD", signal });
  const meaning = meaningOf(response.status, response.headers, 0, known);
  if (meaning === "changed") throw new ReplacedError(url, factsOf(200, response.headers));
  if (!response.ok) throw await errorFor(url, response, meaning);
}

/**
 * Fetch a small file in one request. Throws the same errors.
 * @param {string} url
 * @param {AbortSignal} [signal]
 */
export async function fetchWhole(url, signal) {
  const response = await request(url, { signal });
  if (response.ok) return response;
  const meaning = meaningOf(response.status, response.headers, 0, {
    size: 0,
    sha256: "",
    etag: "",
  });
  throw await errorFor(url, response, meaning);
}

/**
 * @param {string} url
 * @param {RequestInit} options
 */
function request(url, options) {
  return fetchSignedIn(url, { ...options, cache: "no-store" });
}

/**
 * Return the error for a response without the requested bytes.
 * @param {string} url
 * @param {Response} response
 * @param {string} meaning
 */
async function errorFor(url, response, meaning) {
  await response.body?.cancel();
  if (meaning === "gone") return new GoneError(url);
  if (meaning === "refused") return new RefusedError(url, response.status);
  return new LaterError(url, response.status, retryAfter(response.headers, Date.now()));
}

/**
 * Read a body of exactly `length` bytes.
 * @param {Response} response
 * @param {number} length
 * @param {(count: number) => void} onBytes
 */
async function read(response, length, onBytes) {
  const bytes = new Uint8Array(length);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (count + value.length > length) throw new TypeError("more bytes came than were requested");
    bytes.set(value, count);
    count += value.length;
    onBytes(count);
  }
  if (count < length) throw new TypeError("the connection was cut");
  return bytes.buffer;
}

/**
 * Run a request and abort it when nothing arrives for too long. On a train that stops in a tunnel,
 * the browser alone would wait for minutes.
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {(signal: AbortSignal, restartTimer: () => void) => Promise<T>} work
 */
async function withIdleTimeout(signal, work) {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  const timeOut = () => controller.abort(new TypeError("nothing arrived for too long"));
  signal?.throwIfAborted();
  let timer = setTimeout(timeOut, IDLE);
  const restartTimer = () => {
    clearTimeout(timer);
    timer = setTimeout(timeOut, IDLE);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await work(controller.signal, restartTimer);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
