import { after, before, test } from "node:test";
import fc from "fast-check";
import { acts, play } from "./support/histories.js";
import { RealServer } from "./support/real-server.js";

/** Random lives as in data/sync-histories.test.js, with the real server in place of the model. */
const numRuns = Number(process.env.HISTORIES ?? 6);

/** Each of these stops and starts the server several times. */
const numRestarts = Math.ceil(numRuns / 3);

let server;
before(async () => (server = await RealServer.start()));
after(() => server.close());

test("the real server and three phones on a bad line agree in the end", async () => {
  const { fetch, baseUrl } = server;
  await fc.assert(
    fc.asyncProperty(acts(), (history) => play({ fetch, baseUrl }, history)),
    { numRuns, endOnFailure: true },
  );
});

test("they agree even if the server is killed, restored from yesterday's backup or wiped", async () => {
  await fc.assert(
    fc.asyncProperty(acts({ server: true, kill: true }), (history) => play(server, history)),
    { numRuns: numRestarts, endOnFailure: true },
  );
});
