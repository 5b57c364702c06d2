import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  plan,
  planAlso,
  planDone,
  planLess,
  planned,
  planWithout,
} from "../../../static/js/downloads/queue.js";
import fc from "fast-check";

const CHOICE = { voice: "george", every: false, short: true, others: ["es"] };

beforeEach(() => {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, String(value)),
    removeItem: (name) => kept.delete(name),
  };
});

test("what was chosen is remembered from page to page", () => {
  plan({ state: "going", choice: CHOICE, mobile: true });

  assert.deepEqual(planned(), {
    state: "going",
    choice: CHOICE,
    also: [],
    without: [],
    only: false,
    mobile: true,
    problem: "",
  });
});

test("asking for more begins again, and asks for nothing twice", () => {
  plan({ state: "done", choice: CHOICE, problem: "StorageFullError" });

  planAlso(["/a", "/b"]);
  planAlso(["/b"]);
  planLess("/a");

  const { state, also, problem } = planned();
  assert.deepEqual([state, also, problem], ["going", ["/b"], ""]);
});

test("while everything is paused, only what is asked for comes, and the pause holds", () => {
  plan({ state: "paused", choice: CHOICE });

  planAlso(["/a"]);
  assert.deepEqual([planned().state, planned().only], ["going", true]);

  planDone();
  assert.deepEqual([planned().state, planned().only, planned().also], ["paused", false, []]);
});

test("once all is here the choice is done, and a single wish is over", () => {
  plan({ state: "going", choice: CHOICE });
  planDone();
  assert.equal(planned().state, "done");

  plan({ state: "going", choice: null, also: ["/a"] });
  planDone();
  assert.equal(planned().state, "none");
});

test("what is removed isn't fetched again by itself", () => {
  plan({ state: "done", choice: CHOICE, also: ["/a", "/b"] });

  planWithout(["/a"]);

  assert.deepEqual([planned().also, planned().without], [["/b"], ["/a"]]);
});

test("without a plan, removing makes none", () => {
  planWithout(["/a"]);

  assert.equal(planned().state, "none");
  assert.equal(localStorage.getItem("keeping"), null);
});

test("whatever stands there, it is a plan that makes sense", () => {
  const broken = fc.oneof(fc.string(), fc.json(), fc.constant('{"state":"going","choice":7}'));

  fc.assert(
    fc.property(broken, (text) => {
      localStorage.setItem("keeping", text);
      const { state, choice, also, without } = planned();
      assert.ok(["none", "going", "paused", "done"].includes(state));
      assert.ok(choice === null || typeof choice.voice === "string");
      assert.ok(Array.isArray(also) && Array.isArray(without));
    }),
  );
});
