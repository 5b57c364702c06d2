import assert from "node:assert/strict";
import { test } from "node:test";
import { isKeptOut } from "../../../static/js/downloads/kept-out.js";
import { fetchSignedIn } from "../../../static/js/downloads/sign-in.js";

/** @param {() => any} answer */
const answerWith = (answer) => (globalThis.fetch = /** @type {any} */ (async () => answer()));
const status = (/** @type {number} */ code) => () => new Response(null, { status: code });
const redirect = () => ({ type: "opaqueredirect", status: 0, ok: false, body: null });
const noLine = () => {
  throw new TypeError("Failed to fetch");
};

test("what the browser knows of a sign-in goes along, and no redirect is followed", async () => {
  const asked = [];
  globalThis.fetch = /** @type {any} */ (
    async (url, options) => {
      asked.push([url, options]);
      return new Response("page");
    }
  );

  await fetchSignedIn("/en/help", { cache: "reload" });

  const options = { cache: "reload", credentials: "same-origin", redirect: "manual" };
  assert.deepEqual(asked, [["/en/help", options]]);
});

test("only a sign-in keeps a file from a phone", async () => {
  const answers = { redirect, 200: status(200), 401: status(401), 403: status(403) };
  const others = { 404: status(404), 410: status(410), 502: status(502), 511: status(511), noLine };
  const found = {};
  for (const [name, answer] of Object.entries({ ...answers, ...others })) {
    answerWith(answer);
    if (await isKeptOut("/media/en/calm.mp3")) found[name] = true;
  }

  assert.deepEqual(found, { redirect: true, 401: true, 403: true, 511: true });
});
