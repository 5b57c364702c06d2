/** Collects what the build makes, then writes it all and deletes what an older build left. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const COMPRESSIBLE = /\.(js|css|svg|txt)$/;
const WORTH_COMPRESSING = 512; // bytes; below, a packet holds it either way
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export class Output {
  /** @type {Map<string, string>} logical name, such as "css/app.css" -> address */
  #addresses = new Map();
  /** @type {Map<string, Uint8Array>} path under the folder -> bytes */
  #files = new Map();

  /** @param {string} folder where files go; its `static` folder belongs to the build alone */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Adds a file under a name that carries its content's hash.
   * @param {string} name logical name: path and extension, without a hash
   * @param {Uint8Array | string} content
   * @returns {string} the address that pages and style sheets use
   */
  add(name, content) {
    const { dir, name: stem, ext } = posix.parse(name);
    return this.keep(name, posix.join(dir, `${stem}-${contentHash(content)}${ext}`), content);
  }

  /**
   * Adds a file whose hashed name was chosen by a bundler.
   * @param {string} name logical name
   * @param {string} path hashed path under /static/
   * @param {Uint8Array | string} content
   */
  keep(name, path, content) {
    const address = `/static/${path}`;
    this.#addresses.set(name, address);
    this.#files.set(`static/${path}`, Buffer.from(content));
    return address;
  }

  /**
   * Adds a file under its own name.
   * @param {string} path under the folder
   * @param {Uint8Array | string} content
   */
  addPlain(path, content) {
    this.#files.set(path, Buffer.from(content));
  }

  /**
   * Adds an object as JSON, its names in order, so that the same build gives the same bytes.
   * @param {string} path under the folder
   * @param {Record<string, unknown>} object
   */
  addJson(path, object) {
    const sorted = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
    this.addPlain(path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  }

  /**
   * @param {string} name logical name
   * @returns {string} its address
   */
  address(name) {
    const address = this.#addresses.get(name);
    if (!address) throw new Error(`nothing named "${name}" is built`);
    return address;
  }

  /** Writes every file that changed, the manifest last, and deletes stale ones. */
  write() {
    this.#compress();
    this.addJson("manifest.json", Object.fromEntries(this.#addresses));
    for (const [path, content] of this.#files) writeChanged(join(this.folder, path), content);
    for (const path of filesUnder(join(this.folder, "static"))) {
      if (!this.#files.has(posix.join("static", path))) rmSync(join(this.folder, "static", path));
    }
  }

  /** Adds what is sent to browsers, as small as can be, so that the server needn't at each start. */
  #compress() {
    for (const [path, content] of [...this.#files]) {
      if (!path.startsWith("static/") || !COMPRESSIBLE.test(path)) continue;
      if (content.length < WORTH_COMPRESSING) continue;
      this.#files.set(`${path}.br`, brotliCompressSync(content));
      this.#files.set(`${path}.gz`, gzipSync(content, { level: 9 }));
    }
  }

  /** @returns {[string, number][]} logical names and sizes in bytes */
  sizes() {
    return [...this.#addresses].map(([name, address]) => [
      name,
      this.#files.get(address.slice(1))?.length ?? 0,
    ]);
  }
}

/**
 * Eight letters of SHA-256 in base 32: the form that esbuild gives its own names.
 * @param {Uint8Array | string} content
 */
export function contentHash(content) {
  const digest = createHash("sha256").update(content).digest();
  return Array.from(digest.subarray(0, 8), (byte) => ALPHABET[byte & 31]).join("");
}

/**
 * @param {string} path
 * @param {Uint8Array} content
 */
function writeChanged(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** @param {string} folder */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(folder.length + 1), entry.name));
}
