import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeAudio } from "../support/fake-audio.js";

const page = new EventTarget();
Object.assign(globalThis, {
  HTMLMediaElement: { HAVE_CURRENT_DATA: 2 },
  addEventListener: page.addEventListener.bind(page),
  document: Object.assign(new EventTarget(), { body: { append() {} }, createElement: () => ({}) }),
  localStorage: { getItem: () => null, setItem() {} },
});
const { Listening } = await import("../../../static/js/audio/listening.js");

const RECORDING = { slug: "hill", title: "Hill", path: "", artist: "", artwork: "", sounds: [] };
const ADDRESS = "/media/en/hill-full-sam.mp3";
const NOTE = { path: "/saved/en/hill-full-sam.mp3", size: 9, complete: true };
const SOUND = {
  version: "full",
  voice: "sam",
  voiceName: "Sam",
  address: ADDRESS,
  captions: undefined,
  locale: "en",
  sha256: "0123456789abcdef",
  bytes: 9,
  seconds: 60,
};

/** What is saved on this phone, until it is cleared away; looked at only once `letLook` is called. */
function phone() {
  let isHere = true;
  let look = Promise.resolve();
  const found = () => (isHere ? Response.json(NOTE) : undefined);
  const cache = {
    match: async (path) => (path === NOTE.path ? found() : undefined),
    keys: async () => (isHere ? [{ url: `https://hearth.test${NOTE.path}/0` }] : []),
  };
  Object.assign(globalThis, {
    caches: { has: async () => true, open: () => look.then(() => cache), match: cache.match },
  });
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: { onLine: true, serviceWorker: { controller: {} } },
  });
  return {
    clearAway: () => (isHere = false),
    hold() {
      /** @type {() => void} */
      let letLook = () => {};
      look = new Promise((resolve) => (letLook = () => resolve(undefined)));
      return letLook;
    },
  };
}

test("Play, pressed while it is looked where the sound is now, isn't lost", async () => {
  const { clearAway, hold } = phone();
  const audio = new FakeAudio();
  const listening = new Listening(/** @type {any} */ (audio));
  listening.isStarted = true;
  await listening.load(RECORDING, SOUND);
  assert.equal(audio.src, NOTE.path);
  clearAway();
  const letLook = hold();

  audio.error = {};
  audio.tell("error");
  listening.goTo(40);
  listening.play();
  letLook();
  await new Promise((resolve) => setImmediate(resolve));

  assert.equal(audio.src, `${ADDRESS}?v=01234567`);
  assert.equal(listening.place, 40);
  assert.equal(audio.paused, false);
});
