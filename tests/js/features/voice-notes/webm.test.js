import assert from "node:assert/strict";
import test from "node:test";
import { withCues, withDuration } from "../../../../static/js/features/voice-notes/webm.js";

const bytes = (/** @type {string} */ hex) =>
  Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

const HEADER = "1a45dfa3 84 42868101";
const SEGMENT = "18538067 01ffffffffffffff";
const SCALE = "2ad7b1 83 0f4240";
const SOUND = "1f43b675 01ffffffffffffff e78100";
/** Four seconds. */
const DURATION = "4489 88 40af400000000000";

const INFOS = /** @type {[string, string, string][]} */ ([
  [
    "none, after a size of one byte",
    `1549a966 87 ${SCALE}`,
    `1549a966 0100000000000012 ${SCALE} ${DURATION}`,
  ],
  [
    "none, after a size of eight bytes",
    `1549a966 0100000000000007 ${SCALE}`,
    `1549a966 0100000000000012 ${SCALE} ${DURATION}`,
  ],
  ["nought", `1549a966 92 ${SCALE} 4489 88 0000000000000000`, `1549a966 92 ${SCALE} ${DURATION}`],
]);

for (const [what, before, after] of INFOS) {
  test(`a recording whose length is ${what} gets its length`, () => {
    const start = bytes(`${HEADER} ${SEGMENT} ${before} ${SOUND}`);

    const told = withDuration(start, 4000);

    assert.deepEqual(told, bytes(`${HEADER} ${SEGMENT} ${after} ${SOUND}`));
  });
}

const OTHERS = {
  "one that says its length": `${HEADER} ${SEGMENT} 1549a966 92 ${SCALE} ${DURATION}`,
  "one whose size is known": `${HEADER} 18538067 8c 1549a966 87 ${SCALE}`,
  "one without an Info": `${HEADER} ${SEGMENT} ${SOUND}`,
  "one that is cut off": `${HEADER} 1853`,
  MP4: "00000018 66747970 6d703432",
  nothing: "",
};

for (const [what, hex] of Object.entries(OTHERS)) {
  test(`${what} stays as it is`, () => {
    const start = bytes(hex);

    assert.deepEqual(withDuration(start, 9000), start);
  });
}

test("cues tell where each part begins, and when", () => {
  const parts = `${SOUND} a30581000080ff 1f43b675 87 e78203ee a381ff`;
  const sound = bytes(`${HEADER} ${SEGMENT} 1549a966 87 ${SCALE} ${parts}`);

  const told = Buffer.from(withCues(sound));

  const segment = told.indexOf(bytes(SEGMENT)) + 12;
  const places = [...told.toString("hex").matchAll(/f10100000000000004(.{8})/g)];
  const clusters = places.map(([, place = ""]) =>
    told.subarray(segment + parseInt(place, 16)).toString("hex", 0, 4),
  );
  const times = [...told.toString("hex").matchAll(/b30100000000000004(.{8})/g)];
  assert.deepEqual(clusters, ["1f43b675", "1f43b675"]);
  assert.deepEqual(
    times.map(([, time = ""]) => parseInt(time, 16)),
    [0, 1006],
  );
  assert.ok(told.indexOf(bytes("1c53bb6b")) < told.indexOf(bytes("1f43b675")));
});

test("what has no parts gets no cues", () => {
  const sounds = [`${HEADER} ${SEGMENT} 1549a966 87 ${SCALE}`, "00000018 66747970 6d703432", ""];

  for (const sound of sounds.map(bytes)) assert.deepEqual(withCues(sound), sound);
});
