import assert from "node:assert/strict";
import { test } from "node:test";
import { find, indexOf, pieces } from "../../../../static/js/features/notes/find.js";
import { fold, hitsIn } from "../../../../static/js/platform/fold.js";

/** @param {string} id @param {string} title @param {string[]} texts @param {string} [type] */
const note = (id, title, texts, type = "long") => ({
  id,
  title,
  kind: "worksheet",
  created: 0,
  changed: 0,
  parts: [{ title: "Part", answers: [{ name: "a", type, label: "What sets it off?", texts }] }],
});
const NOTES = indexOf([
  note("rain", "My three circles", ["The long way home in the RAIN", "A café in Łódź"]),
  note("work", "Self-critic", ["A message from work after six"]),
  note("arabic", "دوائري الثلاث", ["مُدَرِّسَة في العمل تأخّرت", "إلى أمي"]),
  note("slider", "My three circles", ["7 of 10"], "slider"),
]);

/** @param {string} query */
const ids = (query) => find(NOTES, query)?.map(({ id }) => id);

/** @param {string} query @param {string} text */
const marked = (query, text) =>
  pieces(text, [fold(query)])
    .map(({ text, isHit }) => (isHit ? `[${text}]` : text))
    .join("");

test("every word has to be there, whatever its place, in the title or in the words", () => {
  assert.deepEqual(ids("home rain"), ["rain"]);
  assert.deepEqual(ids("rain circles"), ["rain"]);
  assert.deepEqual(ids("rain work"), []);
});

test("case, accents and letters with a stroke make no difference", () => {
  assert.deepEqual(ids("Rain"), ["rain"]);
  assert.deepEqual(ids("CAFE"), ["rain"]);
  assert.deepEqual(ids("lodz"), ["rain"]);
  assert.deepEqual(ids("càfé"), ["rain"]);
});

test("Arabic is found with and without vowel signs, hamza and the two dots", () => {
  assert.deepEqual(ids("مدرسه"), ["arabic"]);
  assert.deepEqual(ids("الي امي"), ["arabic"]);
  assert.deepEqual(ids("تأخرت"), ["arabic"]);
  assert.deepEqual(ids("العـــمل"), ["arabic"]);
});

test("digits of every script that the app speaks are the same digits", () => {
  assert.equal(fold("٢٠٢٦ ۲۰۲۶"), "2026 2026");
});

test("vowels that are marks are not lost: two Hindi words stay two words", () => {
  assert.notEqual(fold("कि"), fold("का"));
});

test("questions and numbers of sliders are not my own words", () => {
  assert.deepEqual(ids("sets"), []);
  assert.deepEqual(ids("7"), []);
});

test("an empty question asks nothing", () => {
  assert.equal(ids("  "), undefined);
});

test("the letters of a repeated group are searched, its questions are not", () => {
  const index = indexOf([
    {
      ...note("group", "Kit bag", []),
      parts: [
        {
          title: "",
          answers: [
            {
              name: "things",
              type: "group",
              label: "Things",
              texts: [],
              items: [
                {
                  label: "Number 1",
                  answers: [{ name: "what", type: "text", label: "What", texts: ["A blanket"] }],
                },
              ],
            },
          ],
        },
      ],
    },
  ]);

  assert.equal(find(index, "blanket")?.length, 1);
  assert.equal(find(index, "what")?.length, 0);
});

test("what was found is marked as it was written, with its accents and vowel signs", () => {
  assert.equal(marked("cafe", "A café, Cafe\u0301!"), "A [café], [Cafe\u0301]!");
  assert.equal(marked("مدرسه", "هي مُدَرِّسَة هنا"), "هي [مُدَرِّسَة] هنا");
  assert.equal(marked("strasse", "Die Straße dort"), "Die [Straße] dort");
});

test("a long text is cut at words around the first hit", () => {
  const text = `${"one two three ".repeat(20)}needle ${"four five six ".repeat(20)}`;

  const passage = marked("needle", text);

  assert.match(passage, /^… (one|two|three) .*\[needle\] four .*(four|five|six) …$/);
  assert.ok(passage.length < 180);
});

test("hits that touch or overlap are one", () => {
  assert.deepEqual(hitsIn("aaaa b", ["aa", "aaa"]), [[0, 4]]);
});

test("a passage comes from the text with most of the words", () => {
  const [found] =
    find(indexOf([note("x", "T", ["a work day", "work after rain"])]), "work rain") ?? [];

  assert.equal(
    found
      .passage()
      .map(({ text }) => text)
      .join(""),
    "work after rain",
  );
});
