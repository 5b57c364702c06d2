// A saved recording, answered out of its segments in the cache.
import { partOf, segmentsOf } from "./range.js";

/**
 * @typedef {object} Kept what was noted when a recording was saved
 * @property {number} size
 * @property {string} type
 * @property {string} etag
 * @property {boolean} [complete]
 */

const CACHE = "saved-recordings";

/** @param {Request} request for /saved/<locale>/<file> @returns {Promise<Response>} */
export async function answerSaved(request) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  }
  const path = new URL(request.url).pathname;
  const cache = await caches.open(CACHE);
  const note = await cache.match(path);
  if (!note) return new Response(null, { status: 404 });
  /** @type {Kept} */
  const kept = await note.json();
  if (!kept.complete) return new Response(null, { status: 404 });
  const headers = new Headers({
    "Accept-Ranges": "bytes",
    "Content-Type": kept.type,
    ETag: kept.etag,
  });
  const asked = request.method === "GET" ? request.headers.get("Range") : null;
  const part = partOf(asked, kept.size);
  if (part.status === 416) {
    headers.set("Content-Range", `bytes */${kept.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [first, last] = part.status === 206 ? [part.first, part.last] : [0, kept.size - 1];
  if (part.status === 206) headers.set("Content-Range", `bytes ${first}-${last}/${kept.size}`);
  headers.set("Content-Length", String(last - first + 1));
  const body = request.method === "HEAD" ? null : bytes(cache, path, first, last);
  return new Response(body, { status: part.status, headers });
}

/**
 * The bytes first..last, a segment at a time, so that a long recording is never whole in memory.
 * @param {Cache} cache @param {string} path @param {number} first @param {number} last
 */
function bytes(cache, path, first, last) {
  const segments = segmentsOf(first, last);
  return new ReadableStream({
    async pull(controller) {
      const segment = segments.shift();
      if (!segment) return controller.close();
      const answer = await cache.match(`${path}/${segment.index}`);
      // The browser may have evicted it; an error makes the player say so.
      if (!answer) return controller.error(new Error("a segment is missing"));
      const blob = await answer.blob();
      const slice = blob.slice(segment.from, segment.to);
      controller.enqueue(new Uint8Array(await slice.arrayBuffer()));
    },
  });
}
