import assert from "node:assert/strict";
import test from "node:test";
import { fromBase64url, toBase64url } from "../../../static/js/data/base64.js";
import { RecordTooLargeError, UnreadableError } from "../../../static/js/data/errors.js";
import { deriveKeys } from "../../../static/js/data/keys.js";
import { openRecord, sealRecord } from "../../../static/js/data/record-seal.js";
import { openEntry, sealEntry } from "../../../static/js/data/seal.js";
import { fromHex, vectors } from "../support/vectors.js";

const keys = await deriveKeys(fromHex(vectors.keys[1].secret));
const id = "N5TFIggAbWsa8MDL1iVlig";
const other = "rCyfqgfRPER-MwUe7vlaYA";

/** @param {string} text */
const stateWith = (text) => ({
  kind: "worksheet",
  created: "2026-01-02T03:04:05Z",
  seen: { a: 1 },
  fields: { calms: [{ value: text, actor: "a", counter: 1 }] },
  deleted: false,
});

for (const { state_json, iv, record } of vectors.records) {
  test(`record ${record.id} is sealed byte for byte as in the vectors`, async () => {
    const shuffled = { ...record, supersedes: record.supersedes.toReversed() };

    assert.deepEqual(await sealRecord(keys, shuffled, JSON.parse(state_json), fromHex(iv)), record);
  });

  test(`record ${record.id} opens to the state of the vectors`, async () => {
    assert.equal(JSON.stringify(await openRecord(keys, record)), state_json);
  });
}

const [{ record }] = vectors.records;
const altered = {
  "another record's id": { ...record, id: other },
  "another entry's id": { ...record, entry: other },
  "a superseded record added": { ...record, supersedes: [other] },
  "a byte changed": { ...record, sealed: `A${record.sealed.slice(1)}` },
  "its end missing": { ...record, sealed: record.sealed.slice(0, -4) },
  "no bytes": { ...record, sealed: "" },
  "bytes that aren't base64url": { ...record, sealed: "?" },
};

for (const [what, record] of Object.entries(altered)) {
  test(`a record with ${what} doesn't open`, async () => {
    await assert.rejects(openRecord(keys, record), UnreadableError);
  });
}

test("a record of another account doesn't open", async () => {
  const others = await deriveKeys(fromHex(vectors.keys[2].secret));

  await assert.rejects(openRecord(others, record), UnreadableError);
});

test("a record whose state isn't one doesn't open", async () => {
  const about = { id, entry: other, supersedes: [] };
  const odd = await sealRecord(keys, about, /** @type {any} */ ({ kind: "worksheet" }));

  await assert.rejects(openRecord(keys, odd), UnreadableError);
});

test("sealed sizes tell only how many kibibytes there are", async () => {
  const about = { id, entry: other, supersedes: [] };
  const sizes = [];
  for (const text of ["", "short", "a little longer than short"]) {
    const { sealed } = await sealRecord(keys, about, stateWith(text));
    sizes.push(fromBase64url(sealed).length);
  }

  assert.deepEqual(sizes, [1052, 1052, 1052]);
});

test("the longest record has 64,540 bytes and the next longer one is refused", async () => {
  const about = { id, entry: other, supersedes: [] };
  const empty = JSON.stringify(stateWith("")).length;
  const room = 63 * 1024 - 1 - empty;

  const { sealed } = await sealRecord(keys, about, stateWith("x".repeat(room)));

  assert.equal(fromBase64url(sealed).length, 63 * 1024 + 28);
  await assert.rejects(sealRecord(keys, about, stateWith("x".repeat(room + 1))), (error) => {
    assert.ok(error instanceof RecordTooLargeError);
    assert.equal(error.entry, other);
    return true;
  });
});

test("an entry sealed for this phone opens under its own id only", async () => {
  const sealed = await sealEntry(keys.dataKey, id, stateWith("secret words"));

  assert.deepEqual(await openEntry(keys.dataKey, id, sealed), stateWith("secret words"));
  await assert.rejects(openEntry(keys.dataKey, other, sealed), UnreadableError);
});

test("an entry sealed for this phone isn't a record", async () => {
  const sealed = toBase64url(await sealEntry(keys.dataKey, id, stateWith("")));

  await assert.rejects(
    openRecord(keys, { id, entry: id, supersedes: [], sealed }),
    UnreadableError,
  );
});

test("the same entry is sealed differently every time", async () => {
  const once = await sealEntry(keys.dataKey, id, stateWith(""));
  const again = await sealEntry(keys.dataKey, id, stateWith(""));

  assert.notDeepEqual(once, again);
});
