import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenVoice, favourite } from "../../../static/js/audio/voices.js";

const sound = (locale, voice) => /** @type {any} */ ({ locale, voice });
const SOUNDS = [sound("en", "isabella"), sound("en", "george"), sound("es", "dora")];

test("the first voice is taken as long as nobody has chosen", () => {
  assert.equal(favourite(SOUNDS, {}), "en/isabella");
});

test("the voice chosen last is taken where there is it", () => {
  const remembered = { voice: "es/dora", voices: { en: "en/george", es: "es/dora" } };

  assert.equal(favourite(SOUNDS, remembered), "es/dora");
});

test("without the voice chosen last, the one chosen in the first language is taken", () => {
  const remembered = { voice: "fr/siwis", voices: { en: "en/george", fr: "fr/siwis" } };

  assert.equal(favourite(SOUNDS, remembered), "en/george");
});

test("a bare name that an earlier version of the app noted is still understood", () => {
  assert.equal(favourite(SOUNDS, { voice: "george" }), "en/george");
});

test("a choice is remembered by itself and for its language", () => {
  const remembered = chosenVoice(sound("es", "dora"), { voices: { en: "en/george" } });

  assert.deepEqual(remembered, {
    voice: "es/dora",
    voices: { en: "en/george", es: "es/dora" },
  });
});
