import { createHash } from "node:crypto";

/** The hash of a file, as lists have it. */
export const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const sums = (files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, digest(text)]));

/** A service of pages and files by path, as hearth_cft/web/site/offline.py lists them. */
export class Service {
  /** @type {string[]} */
  asked = [];
  /** Answers of its own for some paths. @type {Map<string, () => Response>} */
  instead = new Map();
  isThere = true;
  /** Whether a sign-in stands in front of the service. It knows this browser by what the browser sends along. */
  isGuarded = false;
  knows = true;
  /** What it answers to whoever isn't signed in. @type {() => Response} */
  signIn = () => new Response("Who are you?", { status: 401 });
  /** Paths whose answer begins and never ends. @type {Set<string>} */
  hanging = new Set();
  hung = 0;

  /** @param {Record<string, string>} pages @param {Record<string, string>} [assets] */
  constructor(pages, assets = {}) {
    this.publish(pages, assets);
    globalThis.fetch = /** @type {any} */ ((path, options) => this.fetch(path, options));
  }

  publish(pages, assets = {}) {
    this.files = { ...pages, ...assets };
    this.list = { locale: "en", pages: sums(pages), assets: sums(assets) };
    this.version = digest(JSON.stringify(this.list));
  }

  async fetch(path, { credentials = "same-origin", signal } = {}) {
    this.asked.push(path);
    await null;
    if (this.hanging.has(path)) return this.hang(signal);
    if (!this.isThere) throw new TypeError("Failed to fetch");
    if (this.isGuarded && !(this.knows && credentials === "same-origin")) return this.signIn();
    const own = this.instead.get(path);
    if (own) return own();
    if (path === "/en/offline.json") return Response.json({ ...this.list, version: this.version });
    if (!(path in this.files)) return new Response(null, { status: 404 });
    return new Response(this.files[path], { headers: { "content-type": "text/html" } });
  }

  hang(signal) {
    const start = (controller) => {
      this.hung += 1;
      signal.addEventListener("abort", () => controller.error(signal.reason));
    };
    return new Response(new ReadableStream({ start }));
  }
}
