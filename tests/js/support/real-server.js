/** A real `hearth serve` with a data folder of its own, which can be copied, put back and emptied. */

import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HEARTH = fileURLToPath(new URL("../../../.venv/bin/hearth", import.meta.url));

/** Every history makes an account or two, all from one address. */
const SETTINGS = "[limits]\naccounts_per_address = 100000\naccounts_a_day = 100000\n";

const START_TIMEOUT = 20_000;

export class RealServer {
  fetch = globalThis.fetch;
  #snapshots = 0;

  static async start() {
    const server = new RealServer();
    server.folder = await mkdtemp(join(tmpdir(), "hearth-sync-"));
    server.data = join(server.folder, "data");
    server.port = await freePort();
    server.baseUrl = `http://127.0.0.1:${server.port}`;
    await writeFile(join(server.folder, "hearth.toml"), SETTINGS);
    await server.#run();
    return server;
  }

  /** Stops the server for good. */
  async close() {
    await this.#stop();
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
    const where = ["--port", `${this.port}`, "--data-dir", this.data];
    const command = ["serve", ...where, "--config", join(this.folder, "hearth.toml")];
    this.output = "";
    this.process = spawn(HEARTH, command, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (text) => (this.output += text));
    }
    this.gone = new Promise((resolve) => this.process.once("exit", resolve));
    await this.#answers();
  }

  async #answers() {
    const deadline = Date.now() + START_TIMEOUT;
    while (Date.now() < deadline && this.process.exitCode === null) {
      const response = await fetch(`${this.baseUrl}/healthz`).catch(() => undefined);
      await response?.arrayBuffer();
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`hearth serve didn't start:\n${this.output}`);
  }

  async #stop(signal = "SIGTERM") {
    this.process.kill(signal);
    await this.gone;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
