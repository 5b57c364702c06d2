import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  canonical,
  digest,
  merge,
  newState,
  removeState,
  summary,
  writeFields,
} from "../../../static/js/data/entry.js";
import { checkState } from "../../../static/js/data/check-state.js";
import { deriveKeys } from "../../../static/js/data/keys.js";
import { histories } from "../support/states.js";
import { vectors } from "../support/vectors.js";

const empty = newState({ kind: "worksheet", worksheet: "three-circles", revision: 2 }, 0);
const values = (state, name) => (state.fields[name] ?? []).map(({ value }) => value);
const RUNS = { numRuns: 500 };

vectors.merges.forEach(({ a, b, merged }, index) => {
  test(`merge ${index + 1} of the vectors comes out, whichever side it starts from`, () => {
    assert.deepEqual(merge(a, b), merged);
    assert.deepEqual(merge(b, a), merged);
  });
});

test("merging is commutative", () => {
  fc.assert(
    fc.property(histories(), ([a, b]) => assert.deepEqual(merge(a, b), merge(b, a))),
    RUNS,
  );
});

test("merging is associative", () => {
  fc.assert(
    fc.property(histories(), ([a, b, c]) => {
      assert.deepEqual(merge(merge(a, b), c), merge(a, merge(b, c)));
    }),
    RUNS,
  );
});

test("merging is idempotent", () => {
  fc.assert(
    fc.property(histories(), ([a, b]) => {
      assert.equal(summary(merge(a, a)), summary(a));
      assert.deepEqual(merge(merge(a, b), b), merge(a, b));
    }),
    RUNS,
  );
});

test("a write replaces what it knew of, wherever it arrives", () => {
  fc.assert(
    fc.property(histories(), ([a, b]) => {
      fc.pre(!a.deleted && !b.deleted);
      const before = merge(a, b);
      const written = writeFields(before, { calms: "new" }, "writer", 100);

      assert.deepEqual(values(merge(a, written), "calms"), ["new"]);
      assert.deepEqual(values(merge(written, b), "calms"), ["new"]);
    }),
    RUNS,
  );
});

test("of two writes that didn't know of each other both stay", () => {
  fc.assert(
    fc.property(histories(), ([state]) => {
      fc.pre(!state.deleted);
      const one = writeFields(state, { calms: "one" }, "phone one", 100);
      const two = writeFields(state, { calms: "two" }, "phone two", 100);

      assert.deepEqual(values(merge(one, two), "calms"), ["one", "two"]);
    }),
    RUNS,
  );
});

test("deleting wins over everything and leaves no word", () => {
  fc.assert(
    fc.property(histories(), ([a, b]) => {
      const merged = merge(removeState(a), b);

      assert.equal(merged.deleted, true);
      assert.deepEqual(merged.fields, {});
    }),
    RUNS,
  );
});

test("every state that phones come to passes the check", () => {
  fc.assert(
    fc.property(histories(), ([a, b]) => {
      assert.doesNotThrow(() => checkState(JSON.parse(JSON.stringify(merge(a, b)))));
    }),
    RUNS,
  );
});

test("states are equal after storing them as JSON", () => {
  fc.assert(
    fc.property(histories(), ([a]) => {
      assert.equal(summary(JSON.parse(JSON.stringify(a))), summary(a));
    }),
    RUNS,
  );
});

test("a write that didn't know of a stored version keeps it beside the new one", () => {
  const stored = writeFields(empty, { calms: "theirs" }, "a", 1);

  const written = writeFields(stored, { calms: "mine" }, "a", 1, () => false);

  assert.deepEqual(values(written, "calms"), ["theirs", "mine"]);
});

test("a counter grows even when the clock went back", () => {
  const first = writeFields(empty, { calms: "early" }, "a", 2_000);

  const second = writeFields(first, { calms: "late" }, "a", 1_000);

  assert.deepEqual(second.seen, { a: 2_001 });
});

test("writing leaves the old state as it was", () => {
  const before = writeFields(empty, { calms: "old" }, "a", 1);

  writeFields(before, { calms: "new" }, "a", 2);

  assert.deepEqual(values(before, "calms"), ["old"]);
});

test("fields, attributes and version attributes from a newer app survive a merge", () => {
  const newer = {
    ...writeFields(empty, { drawing: { strokes: [[1, 2]] } }, "b", 5),
    pinned: true,
    revision: 9,
  };
  newer.fields.drawing[0].ink = "blue";

  const merged = merge(writeFields(empty, { calms: "old app" }, "a", 4), newer);

  assert.equal(merged.pinned, true);
  assert.equal(merged.revision, 9);
  assert.deepEqual(merged.fields.drawing, newer.fields.drawing);
});

test("attributes that differ come out the same on both sides", () => {
  const polish = { ...empty, locale: "pl", revision: 10 };
  const arabic = { ...empty, locale: "ar", revision: 9 };

  assert.deepEqual(merge(polish, arabic), merge(arabic, polish));
  assert.equal(merge(polish, arabic).revision, 10);
});

test("two versions under one counter, from a copied phone, are both kept", () => {
  const one = writeFields(empty, { calms: "one" }, "a", 7);
  const two = writeFields(empty, { calms: "two" }, "a", 7);

  assert.deepEqual(values(merge(one, two), "calms"), ["one", "two"]);
});

test("the digest tells values, seen and deleted apart and nothing else", async () => {
  const { digestKey } = await deriveKeys(new Uint8Array(16));
  const of = (/** @type {any} */ state) => digest(digestKey, state);
  const state = writeFields(empty, { calms: "tea", drive: 3 }, "a", 1);
  const reordered = { ...state, fields: { drive: state.fields.drive, calms: state.fields.calms } };

  assert.equal(await of(state), await of(reordered));
  assert.equal(
    await of(state),
    await of({ ...state, locale: "pl", fields: { ...state.fields, x: [] } }),
  );
  assert.notEqual(await of(state), await of({ ...state, deleted: true }));
  assert.notEqual(await of(state), await of({ ...state, seen: { a: 2 } }));
  assert.notEqual(await of(state), await of(writeFields(state, { calms: "tee" }, "a", 0)));
});

test("canonical JSON sorts keys and nothing else", () => {
  const value = { b: [3, 1, null], a: { d: "é", c: true } };

  assert.equal(canonical(value), '{"a":{"c":true,"d":"é"},"b":[3,1,null]}');
});

const version = { value: "x", actor: "a", counter: 1 };
const good = { kind: "k", created: "t", seen: { a: 1 }, fields: { x: [version] }, deleted: false };
const malformed = {
  null: null,
  "a list": [good],
  "no kind": { ...good, kind: undefined },
  "no date": { ...good, created: 5 },
  "deleted as a word": { ...good, deleted: "no" },
  "a counter that isn't whole": { ...good, seen: { a: 1.5 } },
  "a counter too great to count on": { ...good, seen: { a: 2 ** 53 } },
  "seen as a list": { ...good, seen: [] },
  "fields as a list": { ...good, fields: [] },
  "a field without a list": { ...good, fields: { x: version } },
  "a version without a value": { ...good, fields: { x: [{ actor: "a", counter: 1 }] } },
  "a version by nobody": { ...good, fields: { x: [{ value: 1, counter: 1 }] } },
  "a version that it hasn't seen": { ...good, seen: { a: 0 } },
  "a version from an actor it doesn't know": { ...good, seen: {} },
};

for (const [what, json] of Object.entries(malformed)) {
  test(`a state with ${what} is refused`, () => {
    assert.throws(() => checkState(json), TypeError);
  });
}
