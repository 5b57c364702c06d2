// Answers requests for saved recordings from the segments in the cache.
import { partOf, segmentsOf } from "./range.js";

/**
 * @typedef {object} Kept the note (JSON metadata) of a saved recording
 * @property {number} size
 * @property {string} type
 * @property {string} etag
 * @property {boolean} [complete]
 * @property {string} [place] where its segments are, if not under its own path
 */

const CACHE = "saved-recordings";

/**
 * Answer a request for a saved recording.
 * @param {Request} request for /saved/<locale>/<file>
 * @returns {Promise<Response>}
 */
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
  // Without a body, the browser has evicted a segment. After the 404 the player asks the server.
  return body
    ? new Response(body, { status: part.status, headers })
    : new Response(null, { status: 404 });
}

/**
 * Return the Range header if it applies. Ranges apply only to GET, and only if If-Range is absent or names
 * this file's ETag.
 * @param {Request} request
 * @param {string} etag
 */
function rangeOf({ method, headers }, etag) {
  const requiredTag = headers.get("If-Range") ?? etag;
  return method === "GET" && requiredTag === etag ? headers.get("Range") : null;
}

/**
 * Return the bytes first..last; null when a segment is missing. They are a blob, not a stream: browsers stop a
 * service worker after some minutes, which would end a stream that a player reads slowly.
 * @param {Cache} cache
 * @param {string} place
 * @param {number} first
 * @param {number} last
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
