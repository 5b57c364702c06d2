import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeAudio } from "../support/fake-audio.js";

const page = new EventTarget();
/** @type {Map<string, string>} */
const remembered = new Map();
/** @type {EventTarget[]} */
const channels = [];
Object.assign(globalThis, {
  HTMLMediaElement: { NETWORK_LOADING: 2 },
  addEventListener: page.addEventListener.bind(page),
  document: Object.assign(new EventTarget(), { body: { append() {} }, createElement: () => ({}) }),
  // What the tabs remember, and the channel between them.
  localStorage: {
    getItem: (name) => remembered.get(name) ?? null,
    setItem: (name, value) => remembered.set(name, value),
  },
  BroadcastChannel: class extends EventTarget {
    constructor() {
      super();
      channels.push(this);
    }

    postMessage() {
      channels
        .filter((other) => other !== this)
        .forEach((other) => other.dispatchEvent(new Event("message")));
    }

    close() {}
  },
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
  listening.close();
});

/** A recording that isn't saved, ready to play in a tab of its own. */
async function openTab() {
  Object.assign(globalThis, { caches: { has: async () => false, match: async () => undefined } });
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { onLine: true } });
  const audio = new FakeAudio();
  const session = new Listening(audio);
  await session.load(RECORDING, SOUND);
  return { audio, session };
}

/** Let the sound play on to a place. */
function hear({ audio }, seconds) {
  audio.readyState = 4;
  audio.tell("loadedmetadata");
  audio.tell("playing");
  audio.currentTime = seconds;
  audio.tell("timeupdate");
}

const placeStored = () => JSON.parse(remembered.get("listening") ?? "{}").stopped?.["hill/full"];

test("what another tab plays pauses this one", async () => {
  const tab = await openTab();
  tab.session.play();

  new BroadcastChannel("hearth-listening").postMessage("playing");

  assert.equal(tab.session.isPlaying, false);
  tab.session.close();
});

test("what plays first is paused by the next, and then leaves the place alone", async () => {
  remembered.clear();
  const [first, second] = [await openTab(), await openTab()];
  first.session.play();
  hear(first, 20);

  second.session.play();
  hear(second, 30);
  page.dispatchEvent(new Event("pagehide"));

  assert.equal(first.session.isPlaying, false);
  assert.equal(placeStored(), 30);
  for (const { session } of [first, second]) session.close();
});

test("Play from the beginning keeps the place that is offered until the sound has passed it", async () => {
  remembered.set("listening", JSON.stringify({ stopped: { "hill/full": 40 } }));
  const tab = await openTab();
  tab.session.play();
  hear(tab, 20);
  tab.session.pause();
  assert.equal(placeStored(), 40);

  tab.session.play();
  hear(tab, 50);
  tab.session.pause();

  assert.equal(placeStored(), 50);
  tab.session.close();
});

test("a sound whose line is cut goes on by itself, and not after a pause", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const tab = await openTab();
  const { audio, session } = tab;
  session.play();
  hear(tab, 20);

  await cut(audio);
  assert.equal(session.problem, "stuck");
  mock.timers.tick(2_000);
  assert.equal(audio.paused, false);
  hear(tab, 21);
  assert.equal(session.place, 21);

  await cut(audio);
  page.dispatchEvent(new Event("online"));
  assert.equal(audio.paused, false);
  hear(tab, 22);

  await cut(audio);
  session.pause();
  mock.timers.tick(600_000);
  assert.equal(audio.paused, true);
  session.close();
});

test("a sound that plays on after a silence isn't loaded anew", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const tab = await openTab();
  const { audio, session } = tab;
  session.play();
  hear(tab, 20);
  const load = mock.method(audio, "load");
  const playOn = (seconds) => {
    audio.currentTime = seconds;
    audio.tell("timeupdate");
  };

  audio.tell("waiting");
  mock.timers.tick(5_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(session.problem, "stuck");
  // WebKit dispatches no "playing".
  playOn(20.3);
  mock.timers.tick(60_000);

  assert.equal(load.mock.callCount(), 0);
  assert.equal(session.problem, null);
  session.close();
});

test("a sound that its browser takes for whole goes on soon after it was cut", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const tab = await openTab();
  const { audio, session } = tab;
  session.play();
  hear(tab, 20);
  const load = mock.method(audio, "load");

  // WebKitGTK: the sound stands still, and nothing is said.
  audio.networkState = 1;
  mock.timers.tick(5_000);
  mock.timers.tick(5_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(session.problem, "stuck");
  mock.timers.tick(2_000);

  assert.equal(load.mock.callCount(), 1);
  hear(tab, 20.3);
  assert.equal(session.problem, null);
  session.close();
});

test("a place that is chosen in a silence doesn't end the tries", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const tab = await openTab();
  const { audio, session } = tab;
  session.play();
  hear(tab, 20);
  const load = mock.method(audio, "load");
  const waitFor = async (seconds) => {
    for (let second = 1; second <= seconds; second += 1) mock.timers.tick(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  };

  audio.tell("waiting");
  await waitFor(6);
  assert.equal(session.problem, "stuck");
  session.goTo(40);
  audio.tell("timeupdate");
  await waitFor(6);
  assert.equal(session.problem, "stuck");
  await waitFor(20);

  assert.equal(load.mock.callCount(), 1);
  session.close();
});

/** Break the line. */
async function cut(audio) {
  audio.error = { code: 2 };
  audio.tell("error");
  await new Promise((resolve) => setImmediate(resolve));
}
