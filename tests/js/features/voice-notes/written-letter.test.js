import "../../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { date, shortDate, time } from "../../../../static/js/platform/dates.js";
import { endingOf } from "../../../../static/js/features/voice-notes/playback.js";
import { factsOf, nameOf } from "../../../../static/js/features/voice-notes/texts.js";

test("a voice note without a name is called after its day, and its facts give the time", () => {
  const about = { id: "", created: Date.UTC(2026, 10, 23, 12), ms: 184_000, pieces: 1, bytes: 1 };
  const voiceNote = {
    ...about,
    type: "audio/webm",
    state: /** @type {const} */ ("kept"),
    name: "",
  };

  const when = new Date(about.created);
  assert.equal(nameOf(voiceNote), `My letter, ${date(when)}`);
  assert.equal(factsOf(voiceNote), `${time(when)} · 3:04`);
  assert.equal(factsOf({ ...voiceNote, name: "Calm" }), `${shortDate(when)} · 3:04`);
});

test("a file's name ends as its sound demands", () => {
  assert.equal(endingOf("audio/webm;codecs=opus"), "webm");
  assert.equal(endingOf("audio/mp4;codecs=mp4a.40.2"), "m4a");
  assert.equal(endingOf("audio/ogg;codecs=opus"), "ogg");
});
