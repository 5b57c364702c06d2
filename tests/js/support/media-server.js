/** A server of one recording, as hearth_cft/web/media.py answers, that can be told to misbehave. */
import { createHash } from "node:crypto";

export const URL_OF = "/media/en/calm.mp3";
export const CAPTIONS = "/media/en/calm.vtt";

/** The header that the server marks its responses with. */
const MARK = { hearth: "1" };

/** Bytes that differ from place to place. @param {number} size */
export function sound(size, seed = 1) {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = index * 31 + (index >> 8) * seed + seed;
  return bytes;
}

/** @param {Uint8Array} bytes */
export function sumOf(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

export class MediaServer {
  /** What was asked for, as "first-last", "captions" or "HEAD". @type {string[]} */
  asked = [];
  /**
   * What happens to the next requests for the recording; then all goes well. A function of the
   * answer that would be given.
   * @type {((answer: Response, body: Uint8Array, signal?: AbortSignal) => Response | Promise<Response>)[]}
   */
  mishaps = [];
  captions = "WEBVTT\n";
  /** The same for the captions. @type {(() => Response)[]} */
  captionMishaps = [];

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.publish(bytes);
    globalThis.fetch = /** @type {any} */ ((url, options) => this.fetch(url, options));
  }

  /** @param {Uint8Array} bytes */
  publish(bytes) {
    this.bytes = bytes;
    this.sha256 = sumOf(bytes);
    this.etag = `"${this.sha256.slice(0, 32)}"`;
  }

  /** The recording as a page of this server describes it. */
  get wanted() {
    const about = { title: "Calm", slug: "calm", locale: "en", version: "full", voice: "isabella" };
    return { url: URL_OF, sha256: this.sha256, size: this.bytes.length, ...about };
  }

  async fetch(url, { method = "GET", headers = {}, signal } = {}) {
    signal?.throwIfAborted();
    await null;
    if (url === CAPTIONS) return this.#captions();
    if (url !== URL_OF) return new Response(null, { status: 404, headers: MARK });
    const { status, first, last } = this.#part(method, headers);
    this.asked.push(method === "HEAD" ? "HEAD" : `${first}-${last}`);
    const body = method === "HEAD" ? new Uint8Array() : this.bytes.slice(first, last + 1);
    const answer = new Response(method === "HEAD" ? null : body, {
      status,
      headers: this.#headers(status, first, last),
    });
    const mishap = this.mishaps.shift();
    const given = mishap ? await mishap(answer, body, signal) : answer;
    signal?.throwIfAborted();
    return given;
  }

  #captions() {
    this.asked.push("captions");
    const mishap = this.captionMishaps.shift();
    if (mishap) return mishap();
    if (this.captions === null) return new Response(null, { status: 404, headers: MARK });
    return new Response(this.captions, { headers: { "content-type": "text/vtt; charset=utf-8" } });
  }

  #part(method, headers) {
    const size = this.bytes.length;
    const range = /^bytes=(\d+)-(\d+)$/.exec(headers.Range ?? "");
    const whole = { status: 200, first: 0, last: size - 1 };
    if (method !== "GET" || !range) return whole;
    if (headers["If-Range"] !== undefined && headers["If-Range"] !== this.etag) return whole;
    const first = Number(range[1]);
    if (first >= size) return { status: 416, first: 0, last: -1 };
    return { status: 206, first, last: Math.min(Number(range[2]), size - 1) };
  }

  #headers(status, first, last) {
    const size = this.bytes.length;
    const digest = Buffer.from(this.sha256, "hex").toString("base64");
    /** @type {Record<string, string>} */
    const headers = { hearth: "1", etag: this.etag, "content-type": "audio/mpeg" };
    if (status === 416) return { ...headers, "content-range": `bytes */${size}` };
    headers["repr-digest"] = `sha-256=:${digest}:`;
    headers["content-length"] = String(last - first + 1);
    if (status === 206) headers["content-range"] = `bytes ${first}-${last}/${size}`;
    return headers;
  }
}

/** The line is cut after so many bytes. @param {number} count */
export function cutAfter(count) {
  return (/** @type {Response} */ answer, /** @type {Uint8Array} */ body) => {
    let isCut = false;
    const stream = new ReadableStream(
      {
        pull(controller) {
          // An error would throw away bytes that weren't read yet.
          if (isCut) controller.error(new TypeError("network error"));
          else controller.enqueue(body.slice(0, count));
          isCut = true;
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, { status: answer.status, headers: answer.headers });
  };
}

/** The body ends early, as if it were all. @param {number} count */
export function endAfter(count) {
  return (/** @type {Response} */ answer, /** @type {Uint8Array} */ body) =>
    new Response(body.slice(0, count), { status: answer.status, headers: answer.headers });
}

/** One bit arrives wrong. */
export function damaged(/** @type {Response} */ answer, /** @type {Uint8Array} */ body) {
  const wrong = body.slice();
  if (wrong.length) wrong[wrong.length >> 1] ^= 1;
  return new Response(wrong, { status: answer.status, headers: answer.headers });
}

/** The server itself says this. @param {number} status */
export function ownAnswer(status) {
  return () => new Response(null, { status, headers: MARK });
}

/** Something on the way says this. @param {number} status @param {Record<string, string>} [headers] */
export function answer(status, headers) {
  return () => new Response(null, { status, headers });
}

/** A page that a proxy shows in place of the server. @param {number} status */
export function foreignPage(status) {
  const headers = { "content-type": "text/html", etag: '"5f3-61a"', "last-modified": "today" };
  return () => new Response("<p>We will be back soon.</p>", { status, headers });
}

/** Nothing comes, and nobody says why: a train in a tunnel. */
export function stalled(_answer, _body, /** @type {AbortSignal} */ signal) {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/** No connection at all. */
export function unreachable() {
  throw new TypeError("Failed to fetch");
}

/**
 * Something on the way answers with all of it, whatever was asked for.
 * @param {MediaServer} server
 * @param {{without?: string[], also?: Record<string, string>, cut?: number}} [options] `without`: headers that it drops;
 *   `cut`: the line is cut after so many bytes
 */
export function rangesUnknown(server, { without = [], also = {}, cut = Infinity } = {}) {
  return (/** @type {Response} */ given) => {
    const headers = new Headers(given.headers);
    headers.set("content-length", String(server.bytes.length));
    for (const name of ["content-range", ...without]) headers.delete(name);
    for (const [name, value] of Object.entries(also)) headers.set(name, value);
    const whole = new Response(server.bytes.slice(), { status: 200, headers });
    return cut < server.bytes.length ? cutAfter(cut)(whole, server.bytes) : whole;
  };
}
