/** Collects the files that the build makes, then writes them all and deletes the files of older builds. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const COMPRESSIBLE = /\.(js|css|svg|txt)$/;
const WORTH_COMPRESSING = 256; // bytes; a smaller file hardly gets smaller
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The files of one build, in memory until `write`. */
export class Output {
  /** @type {Map<string, string>} logical name, such as "css/app.css" -> address */
  #addresses = new Map();
  /** @type {Map<string, Uint8Array>} path under the folder -> bytes */
  #files = new Map();

  /** @param {string} folder where files are written; other files in its `static` folder are deleted */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Add a file under a name that contains the hash of its content.
   * @param {string} name logical name: path and extension, without a hash
   * @param {Uint8Array | string} content
   * @returns {string} the address that pages and style sheets use
   */
  add(name, content) {
    const { dir, name: stem, ext } = posix.parse(name);
    return this.keep(name, posix.join(dir, `${stem}-${contentHash(content)}${ext}`), content);
  }

  /**
   * Add a file whose hashed name was chosen by a bundler.
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
   * Add a file under its own name, without a hash.
   * @param {string} path under the folder
   * @param {Uint8Array | string} content
   */
  addPlain(path, content) {
    this.#files.set(path, Buffer.from(content));
  }

  /**
   * Add an object as JSON. Its keys are sorted, so that the same sources give the same bytes.
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

  /** Write every file that changed, the manifest last, and delete files that are no longer built. */
  write() {
    this.#compress();
    this.addJson("manifest.json", Object.fromEntries(this.#addresses));
    for (const [path, content] of this.#files) writeChanged(join(this.folder, path), content);
    for (const path of filesUnder(join(this.folder, "static"))) {
      if (!this.#files.has(posix.join("static", path))) rmSync(join(this.folder, "static", path));
    }
  }

  /** Add compressed copies of the files for browsers, so that the server needn't compress them at each start. */
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
 * Return eight base-32 letters of the SHA-256 hash, the form that esbuild uses in its names.
 * @param {Uint8Array | string} content
 */
export function contentHash(content) {
  const digest = createHash("sha256").update(content).digest();
  return Array.from(digest.subarray(0, 8), (byte) => ALPHABET[byte & 31]).join("");
}

/**
 * Write a file unless it has this content already.
 * @param {string} path
 * @param {Uint8Array} content
 */
function writeChanged(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** List the files under a folder, with paths relative to it. @param {string} folder */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(folder.length + 1), entry.name));
}
