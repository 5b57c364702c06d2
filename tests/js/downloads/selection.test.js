import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/english-page.js";
import {
  hasLengths,
  likedVoice,
  soundsFor,
  soundsOfQueue,
  voicesOf,
} from "../../../static/js/downloads/selection.js";

const file = (slug, version, voice, locale = "en") => ({
  address: `/media/${locale}/${slug}-${version}-${voice}.mp3`,
  version,
  voice,
  voiceName: voice.toUpperCase(),
  locale,
  sha256: "",
  bytes: 1,
});

const LIBRARY = {
  locale: "en",
  recordings: [
    {
      slug: "calm",
      title: "Calm",
      files: ["full", "short"].flatMap((version) => [
        file("calm", version, "george"),
        file("calm", version, "isabella"),
      ]),
    },
    { slug: "walk", title: "Walk", files: [file("walk", "full", "sam")] },
    {
      slug: "safe",
      title: "Safe",
      files: [file("safe", "full", "isabella"), file("safe", "short", "isabella")],
    },
  ],
  others: [
    {
      locale: "es",
      name: "español",
      recordings: [{ slug: "calm", title: "Calm", files: [file("calm", "short", "dora", "es")] }],
    },
  ],
};
const CHOICE = { voice: "isabella", every: false, short: false, others: [] };

/** @param {{slug: string, version: string, voice: string}[]} sounds */
const names = (sounds) => sounds.map(({ slug, version, voice }) => `${slug} ${version} ${voice}`);

test("short ones come first, in the voice that is liked or the one that there is", () => {
  assert.deepEqual(names(soundsFor(LIBRARY, CHOICE)), [
    "calm short isabella",
    "safe short isabella",
    "calm full isabella",
    "walk full sam",
    "safe full isabella",
  ]);
});

test("every voice brings the liked one whole before the others", () => {
  const found = names(soundsFor(LIBRARY, { ...CHOICE, voice: "george", every: true }));

  assert.equal(found.length, 7);
  assert.deepEqual(found.slice(-2), ["calm short isabella", "calm full isabella"]);
});

test("short ones only leaves out the full ones, but for what has no short one", () => {
  assert.deepEqual(names(soundsFor(LIBRARY, { ...CHOICE, short: true })), [
    "calm short isabella",
    "safe short isabella",
    "walk full sam",
  ]);
});

test("other languages come last and only when they are chosen", () => {
  assert.equal(
    soundsFor(LIBRARY, CHOICE).some(({ locale }) => locale === "es"),
    false,
  );
  const found = soundsFor(LIBRARY, { ...CHOICE, others: ["es"] });
  assert.deepEqual(names(found).at(-1), "calm short dora");
});

test("nothing is wanted twice", () => {
  const found = soundsFor(LIBRARY, { ...CHOICE, every: true, others: ["es"] });

  assert.equal(new Set(found.map(({ address }) => address)).size, found.length);
});

test("the voice that was listened to last comes first, with or without its language", () => {
  assert.equal(likedVoice(LIBRARY, { voice: "george" }), "george");
  assert.equal(likedVoice(LIBRARY, { voice: "en/george" }), "george");
  assert.equal(likedVoice(LIBRARY, { voice: "es/dora", voices: { en: "en/george" } }), "george");
  assert.equal(likedVoice(LIBRARY, { voice: "nobody" }), "isabella");
  assert.equal(likedVoice({ locale: "en", recordings: [], others: [] }, {}), "");
});

test("voices are told by how much they speak", () => {
  assert.deepEqual(
    voicesOf(LIBRARY).map(({ voice }) => voice),
    ["isabella", "george", "sam"],
  );
  assert.ok(hasLengths(LIBRARY));
  assert.ok(!hasLengths({ ...LIBRARY, recordings: [LIBRARY.recordings[1]] }));
});

test("a plan wants what was asked for first, and never what was removed or isn't there", () => {
  const wood = "/media/en/walk-full-sam.mp3";
  const plan = {
    choice: { ...CHOICE, short: true },
    only: "",
    also: ["/media/es/calm-short-dora.mp3", "/media/en/gone.mp3", wood],
    without: ["/media/en/safe-short-isabella.mp3"],
  };

  assert.deepEqual(names(soundsOfQueue(LIBRARY, plan)), [
    "calm short dora",
    "walk full sam",
    "calm short isabella",
  ]);
  assert.equal(soundsOfQueue(LIBRARY, { ...plan, only: "paused" }).length, 2);
  assert.deepEqual(soundsOfQueue(LIBRARY, { choice: null, also: [], without: [], only: "" }), []);
});
