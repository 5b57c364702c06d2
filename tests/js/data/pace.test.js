import assert from "node:assert/strict";
import test from "node:test";
import { Pace } from "../../../static/js/data/pace.js";

test("on a fast line requests grow to what the server allows", () => {
  const pace = new Pace(8, 50);
  const sizes = [];
  for (let number = 0; number < 5; number += 1) {
    sizes.push(pace.size);
    pace.succeeded(100);
  }

  assert.deepEqual(sizes, [8, 16, 32, 50, 50]);
});

test("on a slow line they shrink, down to one", () => {
  const pace = new Pace(4, 50);
  for (let number = 0; number < 9; number += 1) pace.succeeded(20_000);

  assert.equal(pace.size, 1);
});

test("what took a moment is repeated at the same size", () => {
  const pace = new Pace(8, 50);
  pace.succeeded(4_000);

  assert.equal(pace.size, 8);
});

test("a size that something refuses isn't tried again", () => {
  const pace = new Pace(32, 512);
  pace.failed(32, true);
  for (let number = 0; number < 9; number += 1) pace.succeeded(100);

  assert.equal(pace.size, 16);
});

test("a size that was too slow once may be tried again", () => {
  const pace = new Pace(32, 512);
  pace.failed(32, false);
  assert.equal(pace.size, 16);
  pace.succeeded(100);

  assert.equal(pace.size, 32);
});
