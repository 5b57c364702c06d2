import assert from "node:assert/strict";
import { test } from "node:test";
import { encode, pathOf, read } from "../../../static/js/platform/qr-code.js";

const WORDS = Array.from({ length: 12 }, () => "abstract");

/**
 * What a camera sees: each square `size` pixels wide.
 *
 * @param {boolean[][]} rows
 * @param {number} size
 * @param {(dark: boolean) => number} shade
 */
function photograph(rows, size, shade = (dark) => (dark ? 0 : 255)) {
  const side = rows.length * size;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let at = 0; at < side * side; at += 1) {
    const row = Math.floor(at / side / size);
    const column = Math.floor((at % side) / size);
    data.set([0, 1, 2].map(() => shade(rows[row]?.[column] ?? false)).concat(255), at * 4);
  }
  return { width: side, height: side, data };
}

test("twelve words come back from their code as they were", async () => {
  const rows = await encode(WORDS);

  const text = await read(photograph(rows, 5), 500);

  assert.equal(text, WORDS.join(" "));
});

test("a faint picture is still read", async () => {
  const rows = await encode(WORDS);

  const text = await read(
    photograph(rows, 4, (dark) => (dark ? 90 : 170)),
    500,
  );

  assert.equal(text, WORDS.join(" "));
});

test("a picture without a code gives nothing", async () => {
  const blank = { width: 40, height: 40, data: new Uint8ClampedArray(6400).fill(255) };

  assert.equal(await read(blank), undefined);
});

test("the code has a light margin of four squares on every side", async () => {
  const rows = await encode(WORDS);
  const edge = [...rows.slice(0, 4), ...rows.slice(-4)].flat();
  const sides = rows.flatMap((row) => [...row.slice(0, 4), ...row.slice(-4)]);

  assert.ok(![...edge, ...sides].includes(true));
});

test("the drawing has a square for each dark one", () => {
  const path = pathOf([
    [true, false],
    [false, true],
  ]);

  assert.equal(path, "M0 0h1v1h-1zM1 1h1v1h-1z");
});
