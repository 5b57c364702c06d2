import assert from "node:assert/strict";
import { test } from "node:test";
import {
  language,
  nameOf,
  voiceFor,
  voicesFor,
} from "../../../../static/js/features/aloud/voices.js";

const voice = (name, lang, more = {}) => ({
  name,
  lang,
  voiceURI: name,
  localService: true,
  default: false,
  ...more,
});
const names = (voices) => voices.map(({ name }) => name);

test("Only voices that live on the device are used", () => {
  const voices = [voice("Cloud", "en-GB", { localService: false }), voice("Here", "en-US")];

  assert.deepEqual(names(voicesFor(voices, "en")), ["Here"]);
});

test("Android’s ways to write a language are understood", () => {
  const voices = [voice("A", "en_GB"), voice("B", "eng-GBR"), voice("C", "ar_EG")];

  assert.deepEqual(names(voicesFor(voices, "en")), ["A", "B"]);
  assert.equal(language("ara-XXX,DEFAULT"), "ar");
});

test("A voice of the page’s region comes first, then one of the reader’s regions", () => {
  const voices = [voice("Lisbon", "pt-PT"), voice("Rio", "pt-BR")];
  const english = [voice("US", "en-US"), voice("UK", "en-GB")];

  assert.equal(voiceFor(voices, "pt-BR")?.name, "Rio");
  assert.equal(voiceFor(english, "en", undefined, ["cy-GB", "en-GB"])?.name, "UK");
});

test("The device’s default voice comes before others of its region", () => {
  const voices = [voice("First", "en-GB"), voice("Default", "en-GB", { default: true })];

  assert.equal(voiceFor(voices, "en")?.name, "Default");
});

test("In Safari, where all voices are the default one, a joke voice isn’t taken", () => {
  const apple = (name, uri) =>
    voice(name, "en-US", { voiceURI: `com.apple.${uri}`, default: true });
  const voices = [
    apple("Albert", "speech.synthesis.voice.Albert"),
    apple("Eddy", "eloquence.en-US.Eddy"),
    apple("Samantha", "voice.compact.en-US.Samantha"),
  ];

  assert.deepEqual(names(voicesFor(voices, "en")), ["Samantha", "Albert", "Eddy"]);
});

test("Of espeak-ng’s voices, those are offered that aren’t another one in disguise", () => {
  const voices = ["Afrikaans", "English (America)", "English (America)+Auntie"].map((name) =>
    voice(name, name.startsWith("A") ? "af" : "en-US"),
  );

  assert.deepEqual(names(voicesFor(voices, "en")), ["English (America)"]);
});

test("The chosen voice is used while it is there", () => {
  const voices = [voice("A", "en"), voice("B", "en")];

  assert.equal(voiceFor(voices, "en", "B")?.name, "B");
  assert.equal(voiceFor(voices, "en", "Gone")?.name, "A");
});

test("There is no voice for a language that no voice speaks", () => {
  assert.equal(voiceFor([voice("A", "en")], "ar"), undefined);
});

test("Voices of the same name are told apart by their region", () => {
  const voices = [voice("Google", "en_GB"), voice("Google", "en_US"), voice("Maged", "ar")];

  assert.equal(nameOf(voices[0], voices), "Google (en-GB)");
  assert.equal(nameOf(voices[2], voices), "Maged");
});
