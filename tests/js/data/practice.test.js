import assert from "node:assert/strict";
import { test } from "node:test";
import { summarise } from "../../../static/js/data/entry-view.js";
import { practiceOf } from "../../../static/js/data/practice.js";

const A = "AAAAAAAAAAA";
const B = "BBBBBBBBBBB";

test("a practice note says what it holds", () => {
  const fields = {
    recording: [{ value: "safe-place" }],
    version: [{ value: "short" }],
    day: [{ value: "2026-11-22" }],
    before: [{ value: 5 }],
    after: [{ value: 0 }],
    words: [{ value: "Rain." }],
  };

  assert.deepEqual(practiceOf(fields), {
    recording: "safe-place",
    version: "short",
    day: "2026-11-22",
    before: 5,
    after: 0,
    words: "Rain.",
  });
});

test("what is missing, or of another shape, is nothing", () => {
  const nothing = {
    recording: "",
    version: "",
    day: "",
    before: null,
    after: null,
    words: "",
  };

  assert.deepEqual(practiceOf({}), nothing);
  assert.deepEqual(
    practiceOf({ before: [{ value: 11 }], after: [{ value: "7" }], words: [{ value: ["x"] }] }),
    nothing,
  );
});

test("the list shows the newer of two versions and counts the conflict", () => {
  const state = {
    kind: "practice",
    created: "2026-11-22T10:00:00.000Z",
    seen: { [A]: 5, [B]: 9 },
    fields: {
      before: [
        { value: 3, actor: A, counter: 5 },
        { value: 4, actor: B, counter: 9 },
      ],
    },
    deleted: false,
  };

  const { practice, conflicts } = summarise("id", state, 0);

  assert.deepEqual([practice?.before, conflicts], [4, 1]);
});

test("other kinds have no practice", () => {
  const state = { kind: "worksheet", created: "", seen: {}, fields: {}, deleted: false };

  assert.ok(!("practice" in summarise("id", state, 0)));
});
