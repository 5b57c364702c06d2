import assert from "node:assert/strict";
import { test } from "node:test";
import { Worksheets } from "../../../../static/js/answers/worksheets.js";
import { asBundle } from "../../../../static/js/features/notes/fhir.js";
import { markFinished } from "../../../../static/js/answers/finished.js";
import { choices, diary, group, line } from "../../support/diary.js";
import "../../support/english-page.js";

const URL = "urn:uuid:00000000-0000-4000-8000-000000000000";
const SHEETS = new Worksheets({
  worksheets: [
    {
      ...diary(2, {
        Start: [
          line("what", "What?"),
          { name: "level", type: "slider", label: "How?", min: 0, max: 10 },
          { name: "day", type: "date", label: "When?" },
          choices("felt", "Felt", { sad: "Sad", glad: "Glad" }),
        ],
        Next: [group("steps", "Step", line("what", "Which?"))],
      }),
      canonical: URL,
    },
  ],
});
const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const NOON = Date.UTC(2026, 10, 22, 12);
/** When the notes are exported. */
const NOW = new Date(2027, 0, 1);

/** @param {Record<string, any>} answers @param {object} [own] */
const entry = (answers, own) => ({
  id: ID,
  kind: "worksheet",
  worksheet: "diary",
  revision: 2,
  locale: "en",
  created: "2026-11-22T10:00:00.000Z",
  seen: { AAAAAAAAAAA: NOON },
  fields: Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, versions(value)]),
  ),
  deleted: false,
  ...own,
});

/** @param {any[]} values oldest first */
const versions = (...values) =>
  values.map((value, at) => ({ value, actor: "AAAAAAAAAAA", counter: NOON + at }));

/** @param {object[]} entries */
const resources = (...entries) =>
  (asBundle(entries, SHEETS, NOW).entry ?? []).map(({ resource }) => resource);

test("answers stand under their sections, each as its type", () => {
  const [response] = resources(
    entry({ what: "Rain", level: 0, day: "2026-11-22", felt: ["glad"] }),
  );

  assert.equal(response.questionnaire, `${URL}|2`);
  assert.equal(response.authored, "2026-11-22T12:00:00.000Z");
  assert.deepEqual(response.item, [
    {
      linkId: "start",
      text: "Start",
      item: [
        { linkId: "what", text: "What?", answer: [{ valueString: "Rain" }] },
        { linkId: "level", text: "How?", answer: [{ valueInteger: 0 }] },
        { linkId: "day", text: "When?", answer: [{ valueDate: "2026-11-22" }] },
        {
          linkId: "felt",
          text: "Felt",
          answer: [{ valueCoding: { system: `${URL}#felt`, code: "glad", display: "Glad" } }],
        },
      ],
    },
  ]);
});

test("each of a repeated group is an item of its own, an empty one none", () => {
  const steps = [
    { _id: "a", what: "Walk" },
    { _id: "b", what: " " },
    { _id: "c", what: "Call" },
  ];

  const [response] = resources(entry({ steps }));

  assert.deepEqual(
    response.item[0].item.map((one) => [one.linkId, one.item[0].linkId, one.item[0].answer]),
    [
      ["steps", "steps.what", [{ valueString: "Walk" }]],
      ["steps", "steps.what", [{ valueString: "Call" }]],
    ],
  );
});

test("of two versions the newer is the answer, and the other is told beside it", () => {
  const both = entry({}, { fields: { what: versions("<rain>", "snow") } });

  const [response] = resources(both);

  assert.deepEqual(response.item[0].item[0].answer, [{ valueString: "snow" }]);
  assert.equal(response.text.status, "additional");
  assert.match(response.text.div, /Another version of: What\?<\/b><br\/>&lt;rain&gt;</);
});

test("what a question can't hold is told beside the answers", () => {
  const [response] = resources(entry({ level: 50, mood: "blue" }));

  assert.equal(response.item, undefined);
  assert.match(response.text.div, /How\?<\/b><br\/>50</);
  assert.match(response.text.div, /mood<\/b><br\/>blue</);
});

test("an unknown revision keeps its answers under their fields' names", () => {
  const [response] = resources(entry({ what: "Rain", level: 3 }, { revision: 9 }));

  assert.equal(response.questionnaire, `${URL}|9`);
  assert.deepEqual(response.item, [
    { linkId: "what", answer: [{ valueString: "Rain" }] },
    { linkId: "level", answer: [{ valueInteger: 3 }] },
  ]);
});

test("a worksheet that is no longer there is named by what it was called", () => {
  const [response] = resources(entry({ what: "Rain" }, { worksheet: "gone" }));

  assert.equal(response.questionnaire, undefined);
  assert.equal(response._questionnaire.extension[0].valueString, "gone");
});

test("a practice note brings its questions with it", () => {
  const answers = {
    day: "2026-11-22",
    recording: "safe-place",
    before: 3,
    after: 6,
    words: "warm",
  };
  const [response] = resources(entry(answers, { kind: "practice", worksheet: undefined }));

  const [group] = response.item;
  assert.equal(response.status, "completed");
  assert.equal(response.questionnaire, undefined);
  assert.deepEqual(
    group.item.map(({ linkId }) => linkId),
    ["day", "recording", "before", "after", "words"],
  );
});

test("kind words, other kinds, and what was deleted or left empty are not in it", () => {
  const kinds = ["kind-words", "choices", "diary"].map((kind) => entry({ what: "Rain" }, { kind }));

  const bundle = asBundle(
    [...kinds, entry({ what: "Rain" }, { deleted: true }), entry({ what: "" })],
    SHEETS,
  );

  assert.equal(bundle.entry, undefined);
});

test("what was said to be done is completed", () => {
  const kept = new Map();
  globalThis.localStorage = /** @type {any} */ ({
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) => kept.set(name, text),
  });
  const before = resources(entry({ what: "Rain" }))[0].status;

  markFinished(ID, true);

  assert.deepEqual(
    [before, resources(entry({ what: "Rain" }))[0].status],
    ["in-progress", "completed"],
  );
});

test("a note has the same random name in every export, and nobody's", () => {
  const [first, again] = [entry({ what: "Rain" }), entry({ what: "Snow" })].map((one) => {
    const bundle = asBundle([one], SHEETS, NOW);
    return bundle.entry[0];
  });

  assert.equal(first.fullUrl, again.fullUrl);
  assert.equal(first.fullUrl, "urn:uuid:00000000-0000-4000-8000-000000000000");
  for (const name of ["subject", "author", "source", "identifier"]) {
    assert.ok(!(name in first.resource));
  }
});

test("a date whose year can't be meant is said in words, not as a date", () => {
  const text = JSON.stringify(asBundle([entry({ day: "0026-01-05" })], SHEETS, NOW));

  assert.ok(!text.includes("valueDate"));
  assert.ok(text.includes("0026-01-05"));
});

test("a time that a wrong clock gave isn't passed on", () => {
  const ahead = { AAAAAAAAAAA: 1e18, BBBBBBBBBBB: NOON };

  const known = entry({ what: "Rain" }, { seen: ahead });
  const unknown = entry({ what: "Rain" }, { seen: { AAAAAAAAAAA: 1e18 }, created: "never" });

  assert.equal(resources(known)[0].authored, new Date(NOON).toISOString());
  assert.equal(resources(unknown)[0].authored, undefined);
});
