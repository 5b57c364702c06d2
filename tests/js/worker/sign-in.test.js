import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newPhone } from "../support/caches.js";

const ORIGIN = "http://phone.test";
const listeners = {};
globalThis.self = /** @type {any} */ ({
  location: { origin: ORIGIN },
  addEventListener: (name, listener) => (listeners[name] = listener),
});
// A worker's own address completes a path. Node has no such address.
Response.redirect = (to) => new Response(null, { status: 302, headers: { location: String(to) } });
await import("../../../service_worker/sw.js");

beforeEach(() => newPhone());

/** What the worker answers while the network answers with this status; null if it leaves it to the browser. */
async function answered(path, status, { mode = "navigate" } = {}) {
  globalThis.fetch = /** @type {any} */ (async () => new Response("network", { status }));
  let answer = null;
  const request = { method: "GET", url: ORIGIN + path, mode, destination: "", cache: "default" };
  listeners.fetch({ request, respondWith: (given) => (answer = given) });
  return answer;
}

test("a page that a sign-in refuses is left to the browser, which asks for the password", async () => {
  const answer = await answered("/ar/learn/", 401);

  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get("location"), "/sign-in?/ar/learn/");
  assert.equal(await answered("/sign-in?/ar/learn/", 401), null);
});

test("any other answer of the network is shown as it is", async () => {
  for (const status of [200, 403, 404]) {
    assert.equal((await answered("/ar/learn/", status)).status, status);
  }
  assert.equal((await answered("/ar/messages.json", 401, { mode: "cors" })).status, 401);
});

test("a page that is on the phone opens, whatever a sign-in says", async () => {
  const snapshot = await caches.open("pages-ar-1");
  await snapshot.put("/ar/help", new Response("kept"));
  const notes = await caches.open("hearth-active");
  await notes.put("/active/ar", Response.json({ locale: "ar", version: "1" }));

  assert.equal(await (await answered("/ar/help", 401)).text(), "kept");
});
