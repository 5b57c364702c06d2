import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { fetchJson } from "../../../static/js/platform/fetch-json.js";

const { fetch } = globalThis;
const PATH = "/ar/messages.json";

afterEach(() => {
  globalThis.fetch = fetch;
});

/** Let every request get this answer. */
function answer(give) {
  globalThis.fetch = /** @type {any} */ (async (_, { signal }) => give(signal));
}

test("a document comes as the service sends it", async () => {
  answer(() => Response.json({ messages: {} }));

  assert.deepEqual(await fetchJson(PATH), { messages: {} });
});

for (const [name, give] of Object.entries({
  "no connection": () => Promise.reject(new TypeError("Failed to fetch")),
  "a sign-in page": () => new Response("<h1>Sign in</h1>"),
  "a proxy's error": () => new Response("<h1>Bad gateway</h1>", { status: 502 }),
  "a refusal": () => Response.json({}, { status: 403 }),
})) {
  test(`${name} is told as a document that can't be had`, async () => {
    answer(give);

    await assert.rejects(fetchJson(PATH), { name: "TypeError", message: /^\/ar\/messages\.json/ });
  });
}

for (const [name, give] of Object.entries({
  "before the answer": (signal) => untilAborted(signal),
  "in the middle of it": (signal) => {
    const start = (controller) => untilAborted(signal).catch((error) => controller.error(error));
    return new Response(new ReadableStream({ start: (controller) => void start(controller) }));
  },
})) {
  test(`a line that hangs ${name} is given up after half a minute`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    answer(give);
    const outcome = assert.rejects(fetchJson(PATH), TypeError);

    t.mock.timers.tick(30_000);

    await outcome;
  });
}

/** Wait as a request does that gets no answer. @param {AbortSignal} signal @returns {Promise<never>} */
function untilAborted(signal) {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}
