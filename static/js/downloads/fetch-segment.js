// Requests segments of a recording from the server.
import { Cutter } from "./cutter.js";
import {
  ForeignError,
  GoneError,
  LaterError,
  NoPartsError,
  RefusedError,
  ReplacedError,
} from "./errors.js";
import { bodySpan, factsOf, meaningOf, retryAfter } from "./response.js";
import { segmentCount, spanOf } from "./segments.js";
import { fetchSignedIn } from "./sign-in.js";

/** @typedef {import("./response.js").Facts} Facts */
/** @typedef {import("./store.js").Note} Note */

/** If no bytes arrive for this long, the request is aborted and sent again. In ms. */
const IDLE = 30_000;

/**
 * @typedef {object} Taker what happens to the bytes that arrive
 * @property {(index: number) => boolean} isWanted whether this segment is missing
 * @property {(index: number, bytes: ArrayBuffer, facts: Facts) => Promise<void>} onSegment stores a wanted segment. The
 *   next bytes are read after that, so that at most one segment is in memory.
 * @property {(count: number) => void} onBytes is called with the number of bytes that have arrived of the next segment
 */

/**
 * Request one segment. Take every wanted segment that arrives: a proxy that ignores ranges sends the whole file.
 * Throws the errors of errors.js, TypeError when the connection is cut, and AbortError.
 * @param {string} url
 * @param {Pick<Note, "size" | "sha256" | "etag">} known
 * @param {number} index
 * @param {Taker} taker
 * @param {AbortSignal} [signal]
 */
export async function fetchSegments(url, known, index, taker, signal) {
  const { first, last } = spanOf(index, known.size);
  /** @type {Record<string, string>} */
  const headers = { Range: `bytes=${first}-${last}` };
  // A weak tag never matches, so the server would send the whole file.
  if (known.etag && !known.etag.startsWith("W/")) headers["If-Range"] = known.etag;
  await withIdleTimeout(signal, async (idleSignal, restartTimer) => {
    const response = await request(url, { headers, signal: idleSignal });
    restartTimer();
    const facts = factsOf(response.status, response.headers);
    const meaning = meaningOf(response.status, response.headers, index, known);
    if (meaning === "changed") {
      await response.body?.cancel();
      throw new ReplacedError(url, facts);
    }
    if (meaning !== "bytes") throw await errorFor(url, response, meaning);
    try {
      await take(response, known.size, facts, taker, restartTimer);
    } catch (error) {
      const isCut = error instanceof TypeError && response.status === 200 && index > 0;
      throw isCut ? new NoPartsError(url, { cause: error }) : error;
    }
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
  if (meaning !== "bytes") throw await errorFor(url, response, meaning);
}

/**
 * Fetch captions in one request. Throws the same errors.
 * @param {string} url
 * @param {AbortSignal} [signal]
 */
export async function fetchCaptions(url, signal) {
  const response = await request(url, { signal });
  const { status, headers } = response;
  if (!response.ok) {
    const meaning = meaningOf(status, headers, 0, { size: 0, sha256: "", etag: "" });
    throw await errorFor(url, response, meaning);
  }
  const text = await response.text();
  // A page for signing in to Wi-Fi may come with any status.
  if (!/^WEBVTT/.test(text)) throw new ForeignError(url, status);
  return new Response(text, { headers });
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
  if (meaning === "foreign") return new ForeignError(url, response.status);
  return new LaterError(url, response.status, retryAfter(response.headers, Date.now()));
}

/**
 * Read a body up to its end, or to the last wanted segment.
 * @param {Response} response
 * @param {number} size of the whole file
 * @param {Facts} facts
 * @param {Taker} taker
 * @param {() => void} restartTimer
 */
async function take(response, size, facts, { isWanted, onSegment, onBytes }, restartTimer) {
  const span = /** @type {{first: number, last: number}} */ (
    bodySpan(response.status, response.headers, size)
  );
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const cutter = new Cutter(span.first, size);
  let missing = span.last - span.first + 1;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      restartTimer();
      missing -= value.length;
      if (missing < 0) throw new TypeError("more bytes came than were announced");
      for (const { index, bytes } of cutter.add(value)) {
        if (isWanted(index)) await onSegment(index, bytes, facts);
      }
      onBytes(isWanted(cutter.index) ? cutter.count : 0);
      if (missing && !isAnyWanted(cutter.index, size, isWanted)) return;
    }
    if (missing) throw new TypeError("the connection was cut");
  } finally {
    // Whatever is still to come isn't wanted.
    reader.cancel().catch(() => {});
  }
}

/**
 * Return whether a segment is wanted, or any after it.
 * @param {number} index
 * @param {number} size of the whole file
 * @param {(index: number) => boolean} isWanted
 */
function isAnyWanted(index, size, isWanted) {
  while (index < segmentCount(size) && !isWanted(index)) index++;
  return index < segmentCount(size);
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
