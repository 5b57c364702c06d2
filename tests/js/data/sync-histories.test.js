import test from "node:test";
import fc from "fast-check";
import { acts, play } from "../support/histories.js";
import { ModelServer } from "../support/model-server.js";

/** More are run now and then: HISTORIES=12000 node --test tests/js/data/sync-histories.test.js */
const numRuns = Number(process.env.HISTORIES ?? 60);

test("three phones agree in the end and nothing unseen was overwritten, whatever the line does", async () => {
  await fc.assert(
    fc.asyncProperty(acts(), (history) => play(new ModelServer(), history)),
    { numRuns },
  );
});

test("they agree even if the server was restored from yesterday's backup or wiped", async () => {
  await fc.assert(
    fc.asyncProperty(acts({ server: true }), (history) => play(new ModelServer(), history)),
    { numRuns },
  );
});
