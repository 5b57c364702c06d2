/** A real server with a data folder of its own, which can be copied, put back and emptied. */

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PYTHON = join(ROOT, ".venv/bin/python");

/** Every history makes an account or two, all from one address. */
const SETTINGS = "[limits]\naccounts_per_address = 100000\naccounts_a_day = 100000\n";

const START_TIMEOUT = 20_000;
const [FIRST, LAST] = [12_000, 30_000];

export class RealServer {
  fetch = globalThis.fetch;
  #warm = new Warm();
  #snapshots = 0;

  static async start() {
    const server = new RealServer();
    server.folder = await mkdtemp(join(tmpdir(), "hearth-sync-"));
    server.data = join(server.folder, "data");
    server.config = join(server.folder, "hearth.toml");
    server.log = join(server.folder, "server.log");
    server.port = await holdPort();
    server.baseUrl = `http://127.0.0.1:${server.port.number}`;
    await writeFile(server.config, SETTINGS);
    await server.#run();
    return server;
  }

  /** Stops the server for good. */
  async close() {
    await this.#stop();
    await this.#warm.close();
    this.port.release();
    await rm(this.folder, { recursive: true });
  }

  /** Yesterday's backup: a copy of the data folder. */
  async snapshot() {
    const copy = join(this.folder, `snapshot-${(this.#snapshots += 1)}`);
    await this.#between(() => cp(this.data, copy, { recursive: true }));
    return copy;
  }

  async restore(copy) {
    await this.#between(async () => {
      await rm(this.data, { recursive: true });
      await cp(copy, this.data, { recursive: true });
    });
  }

  async wipe() {
    await this.#between(() => rm(this.data, { recursive: true }));
  }

  /** As when the power is cut. */
  async kill() {
    await this.#stop("SIGKILL");
    await this.#run();
  }

  async #between(work) {
    await this.#stop();
    await work();
    await this.#run();
  }

  async #run() {
    const { folder, config, data, log } = this;
    const port = this.port.number;
    this.pid = await this.#warm.fork({ folder, config, port, data, log, whole: false });
    await this.#answers();
  }

  async #answers() {
    const deadline = Date.now() + START_TIMEOUT;
    while (Date.now() < deadline && isThere(this.pid)) {
      const response = await fetch(`${this.baseUrl}/healthz`).catch(() => undefined);
      await response?.arrayBuffer();
      if (response?.ok) return;
      await moment();
    }
    throw new Error(`the server didn't start:\n${await readFile(this.log, "utf-8")}`);
  }

  async #stop(signal = "SIGTERM") {
    process.kill(this.pid, signal);
    while (isThere(this.pid)) await moment();
  }
}

/** The process that servers are forked from: tests/warm.py. */
class Warm {
  #process = spawn(PYTHON, ["-m", "tests.warm"], {
    cwd: ROOT,
    env: clean(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  #ended = once(this.#process, "exit");
  #answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();

  /** Gives the process id of a new server, which may not answer yet. */
  async fork(wanted) {
    this.#process.stdin.write(`${JSON.stringify(wanted)}\n`);
    const { value = '{"error":"it has died"}' } = await this.#answers.next();
    const { pid, error } = JSON.parse(value);
    if (!pid) throw new Error(`no server could be forked:\n${error}`);
    return pid;
  }

  async close() {
    this.#process.stdin.end();
    await this.#ended;
  }
}

/** The environment without settings of whoever runs the tests. */
function clean() {
  const isOurs = ([name]) => !name.startsWith("HEARTH_");
  return Object.fromEntries(Object.entries(process.env).filter(isOurs));
}

/** @param {number} pid */
function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function moment() {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** A port that stays ours while the server is stopped: the same numbers, held as tests/ports.py does. */
async function holdPort() {
  for (let tries = 0; tries < 1000; tries++) {
    const number = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const held = createSocket("udp4");
    const probe = createServer();
    try {
      await listening(held.bind(number, "127.0.0.1"));
      await listening(probe.listen(number, "127.0.0.1"));
      probe.close();
      return { number, release: () => held.close() };
    } catch {
      held.close();
    }
  }
  throw new Error(`no port between ${FIRST} and ${LAST} is free`);
}

/** Rejects when it can't. @param {import("node:events").EventEmitter} socket */
function listening(socket) {
  return once(socket, "listening");
}
