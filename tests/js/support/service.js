import { createHash } from "node:crypto";

const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const sums = (files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, digest(text)]));

/** A service of pages and files by path, as hearth_cft/web/site/offline.py lists them. */
export class Service {
  /** @type {string[]} */
  asked = [];
  /** Answers of its own for some paths. @type {Map<string, () => Response>} */
  instead = new Map();
  isThere = true;

  /** @param {Record<string, string>} pages @param {Record<string, string>} [assets] */
  constructor(pages, assets = {}) {
    this.publish(pages, assets);
    globalThis.fetch = /** @type {any} */ ((path) => this.fetch(path));
  }

  publish(pages, assets = {}) {
    this.files = { ...pages, ...assets };
    this.list = { locale: "en", pages: sums(pages), assets: sums(assets) };
    this.version = digest(JSON.stringify(this.list));
  }

  async fetch(path) {
    this.asked.push(path);
    await null;
    if (!this.isThere) throw new TypeError("Failed to fetch");
    const own = this.instead.get(path);
    if (own) return own();
    if (path === "/en/offline.json") return Response.json({ ...this.list, version: this.version });
    if (!(path in this.files)) return new Response(null, { status: 404 });
    return new Response(this.files[path], { headers: { "content-type": "text/html" } });
  }
}
