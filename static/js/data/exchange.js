/**
 * One request to the server and its response. A request is given up when no byte has moved for a while, however long it
 * takes altogether (sync.md, "Slow and narrow lines").
 */

/** @import { Environment } from "./environment.js" */

/** @typedef {{status: number, headers: Headers, text: string}} Received */

/** Give up when no byte has moved for this long, in ms. */
const IDLE = 30_000;

/**
 * `fetch` doesn't tell how much of a body has been sent. A line slower than this counts as a line on which nothing
 * moves, in bytes per ms.
 */
const SLOWEST_UPLOAD = 1;

/** No response of the server is longer than this, in characters. */
const LONGEST = 16 * 1024 * 1024;

/** The response is longer than any of the server's. */
export class TooLongError extends Error {}

/**
 * Send a request and read the whole response.
 *
 * @param {Environment} env
 * @param {string} url
 * @param {RequestInit & {body?: string}} request
 * @param {AbortController} controller aborts the request; this function calls `abort("timeout")`
 * @param {number} [patience] a multiple of the usual time to wait
 * @returns {Promise<Received>}
 */
export async function exchange(env, url, request, controller, patience = 1) {
  const upload = (request.body?.length ?? 0) / SLOWEST_UPLOAD;
  /** @type {any} */
  let timer;
  const wait = (/** @type {number} */ ms) => {
    env.clearTimer(timer);
    timer = env.setTimer(() => controller.abort("timeout"), ms);
  };
  wait((IDLE + upload) * patience);
  try {
    const response = await env.fetch(url, { ...request, signal: controller.signal });
    const text = await readText(response, () => wait(IDLE * patience));
    return { status: response.status, headers: response.headers, text };
  } finally {
    env.clearTimer(timer);
  }
}

/**
 * Read the body of a response.
 *
 * @param {Response} response
 * @param {() => void} onBytes called whenever bytes arrive
 */
async function readText(response, onBytes) {
  onBytes();
  if (!response.body) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    onBytes();
    text += decoder.decode(value, { stream: true });
    if (text.length > LONGEST) {
      await reader.cancel();
      throw new TooLongError(`More than ${LONGEST} characters`);
    }
  }
}
