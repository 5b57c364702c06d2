// A saved recording, answered out of its segments in the cache.
import { partOf, segmentsOf } from "./range.js";

/**
 * @typedef {object} Kept what was noted when a recording was saved
 * @property {number} size
 * @property {string} type
 * @property {string} etag
 * @property {boolean} [complete]
 * @property {string} [place] where its segments are, if not under its own path
 */

const CACHE = "saved-recordings";

/** @param {Request} request for /saved/<locale>/<file> @returns {Promise<Response>} */
export async function answerSaved(request) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  }
  const path = new URL(request.url).pathname;
  const cache = await caches.open(CACHE);
  /** @type {Kept | undefined} */
  const kept = await (await cache.match(path))?.json();
  if (!kept?.complete) return new Response(null, { status: 404 });
  const part = partOf(rangeOf(request, kept.etag), kept.size);
  const headers = new Headers({
    "Accept-Ranges": "bytes",
    "Content-Type": kept.type,
    "X-Content-Type-Options": "nosniff",
    ETag: kept.etag,
  });
  if (part.status === 416) {
    headers.set("Content-Range", `bytes */${kept.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [first, last] = part.status === 206 ? [part.first, part.last] : [0, kept.size - 1];
  if (part.status === 206) headers.set("Content-Range", `bytes ${first}-${last}/${kept.size}`);
  headers.set("Content-Length", String(last - first + 1));
  if (request.method === "HEAD") return new Response(null, { headers });
  const body = await bytes(cache, kept.place ?? path, first, last);
  // The browser evicted a segment; the player turns to the server.
  return body
    ? new Response(body, { status: part.status, headers })
    : new Response(null, { status: 404 });
}

/**
 * The Range that counts: only GET knows ranges, and If-Range wants this very file or all of it.
 * @param {Request} request @param {string} etag
 */
function rangeOf({ method, headers }, etag) {
  const same = headers.get("If-Range") ?? etag;
  return method === "GET" && same === etag ? headers.get("Range") : null;
}

/**
 * The bytes first..last. A blob, not a stream: browsers stop a worker after some minutes, and a
 * stream that a player reads slowly would stop with it.
 * @param {Cache} cache @param {string} place @param {number} first @param {number} last
 */
async function bytes(cache, place, first, last) {
  const parts = [];
  for (const { index, from, to } of segmentsOf(first, last)) {
    const segment = await cache.match(`${place}/${index}`);
    if (!segment) return null;
    parts.push((await segment.blob()).slice(from, to));
  }
  return new Blob(parts);
}
