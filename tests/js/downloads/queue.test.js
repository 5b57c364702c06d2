import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  changeQueue,
  dequeue,
  enqueue,
  exclude,
  finishQueue,
  readQueue,
} from "../../../static/js/downloads/queue.js";
import fc from "fast-check";
import { newLocalStorage } from "../support/local-storage.js";

const CHOICE = { voice: "george", every: false, short: true, others: ["es"] };

beforeEach(newLocalStorage);

test("what was chosen is remembered from page to page", () => {
  changeQueue({ state: "going", choice: CHOICE, mobile: true });

  assert.deepEqual(readQueue(), {
    state: "going",
    choice: CHOICE,
    also: [],
    without: [],
    only: "",
    mobile: true,
    anyway: [],
    problem: "",
  });
});

test("asking for more begins again, and asks for nothing twice", () => {
  changeQueue({ state: "done", choice: CHOICE, problem: "storage_full" });

  enqueue(["/a", "/b"]);
  enqueue(["/b"]);
  dequeue(["/a"]);

  const { state, also, problem } = readQueue();
  assert.deepEqual([state, also, problem], ["going", ["/b"], ""]);
});

test("while everything is paused, only what is asked for comes, and the pause holds", () => {
  changeQueue({ state: "paused", choice: CHOICE });

  enqueue(["/a"]);
  assert.deepEqual([readQueue().state, readQueue().only], ["going", "paused"]);

  finishQueue();
  assert.deepEqual([readQueue().state, readQueue().only, readQueue().also], ["paused", "", []]);
});

test("once all is here the choice is done, and a single wish is over", () => {
  changeQueue({ state: "going", choice: CHOICE });
  finishQueue();
  assert.equal(readQueue().state, "done");

  changeQueue({ state: "going", choice: null, also: ["/a"] });
  finishQueue();
  assert.equal(readQueue().state, "none");
});

test("what is removed isn't fetched again by itself", () => {
  changeQueue({ state: "done", choice: CHOICE, also: ["/a", "/b"] });

  exclude(["/a"]);

  assert.deepEqual([readQueue().also, readQueue().without], [["/b"], ["/a"]]);
});

test("a recording that was asked for by itself is next, and may use mobile data", () => {
  enqueue(["/a"]);
  enqueue(["/b"], { anyway: true });

  const { also, anyway, mobile } = readQueue();
  assert.deepEqual([also, anyway, mobile], [["/b", "/a"], ["/b"], false]);
  dequeue(["/b"]);
  assert.deepEqual(readQueue().anyway, []);
});

test("a browser that remembers nothing still has a queue while the page lasts", () => {
  const { setItem } = localStorage;
  localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  enqueue(["/a"]);
  assert.deepEqual(readQueue().also, ["/a"]);

  localStorage.setItem = setItem;
  enqueue(["/b"]);
  assert.deepEqual(JSON.parse(localStorage.getItem("keeping")).also, ["/a", "/b"]);
});

test("the problem that an earlier version remembered has its code", () => {
  const stored = { state: "paused", choice: CHOICE, problem: "StorageFullError" };
  localStorage.setItem("keeping", JSON.stringify(stored));

  assert.equal(readQueue().problem, "storage_full");
});

test("without a plan, removing makes none", () => {
  exclude(["/a"]);

  assert.equal(readQueue().state, "none");
  assert.equal(localStorage.getItem("keeping"), null);
});

test("whatever stands there, it is a plan that makes sense", () => {
  const broken = fc.oneof(fc.string(), fc.json(), fc.constant('{"state":"going","choice":7}'));

  fc.assert(
    fc.property(broken, (text) => {
      localStorage.setItem("keeping", text);
      const { state, choice, also, without } = readQueue();
      assert.ok(["none", "going", "paused", "done"].includes(state));
      assert.ok(choice === null || typeof choice.voice === "string");
      assert.ok(Array.isArray(also) && Array.isArray(without));
    }),
  );
});
