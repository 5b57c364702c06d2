/**
 * Read a file that `exportAll()` in entries.js made. The file may come from anywhere and may have been changed, so
 * everything in it is checked. All functions are pure.
 */

import { fromBase64url } from "./base64.js";
import { checkState, isObject, isTooDeep } from "./check-state.js";
import { merge } from "./entry.js";
import { ImportError } from "./errors.js";

/** @import { State } from "./entry.js" */

/**
 * Why an entry of the file can't be brought in: it is no valid state (`damaged`), it has more parts than the app can
 * have made (`large`), its dates can't be right (`future`), or it couldn't be opened when the file was made (`sealed`).
 *
 * @typedef {"damaged" | "large" | "future" | "sealed"} Problem
 */

/**
 * @typedef {object} ImportFile
 * @property {Map<string, State>} entries by id, without deleted ones
 * @property {Record<Problem, number>} unread number of entries that can't be brought in
 * @property {number | null} exported when the file was made, in ms since 1970; null if the file doesn't say
 */

/** The largest file, in bytes. A phone must hold it in memory several times. */
const LARGEST = 50_000_000;
const MOST_ENTRIES = 20_000;
/** The most fields or actors of an entry. The app's longest worksheets have some dozens of fields. */
const MOST_PARTS = 2_000;
/** The most versions of a field. Merging compares each with every other. */
const MOST_VERSIONS = 100;
/** Times after this can't be right, however wrong a clock was. Counting on from them would leave the safe integers. */
const LATEST = Date.UTC(2200, 0, 1);
const FORMAT = "hearth-export";
const VERSION = 1;
/** Kinds of entries that belong to a backup, not to a person's notes. */
const OF_BACKUP = new Set(["removed", "contents", "phones"]);

/**
 * Check a file's size before it is read.
 *
 * @param {number} bytes
 * @throws {ImportError}
 */
export function checkSize(bytes) {
  if (bytes > LARGEST) throw new ImportError("file_too_large");
}

/**
 * Read the content of a file. If an id occurs several times, merge its states.
 *
 * @param {string} text
 * @returns {ImportFile}
 * @throws {ImportError}
 */
export function readImport(text) {
  const { entries: listed, unreadable, exported } = parse(text);
  const sealed = Array.isArray(unreadable) ? unreadable.length : 0;
  const unread = { damaged: 0, large: 0, future: 0, sealed };
  /** @type {Map<string, State>} */
  const entries = new Map();
  for (const entry of listed) {
    const problem = problemOf(entry);
    if (problem) unread[problem] += 1;
    else if (!entry.deleted && !OF_BACKUP.has(entry.kind)) add(entries, entry);
  }
  return { entries, unread, exported: Date.parse(exported) || null };
}

/**
 * @param {string} text
 * @returns {{entries: any[], unreadable: any, exported: any}}
 */
function parse(text) {
  if (!/\S/.test(text)) throw new ImportError("file_empty");
  const content = parseJson(text);
  if (!isObject(content)) throw new ImportError("file_foreign");
  if (content.resourceType === "Bundle") throw new ImportError("file_for_clinic");
  if (content.format !== FORMAT) throw new ImportError("file_foreign");
  const { version, entries } = content;
  if (Number.isInteger(version) && version > VERSION) throw new ImportError("file_newer");
  if (version !== VERSION || !Array.isArray(entries)) throw new ImportError("file_damaged");
  if (entries.length > MOST_ENTRIES) throw new ImportError("file_too_many");
  return content;
}

/** @param {string} text */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (/^\s*<(!doctype|html)/i.test(text)) throw new ImportError("file_to_read", { cause });
    const isOurs = text.slice(0, 1000).includes(`"${FORMAT}"`);
    throw new ImportError(isOurs ? "file_damaged" : "file_foreign", { cause });
  }
}

/**
 * @param {Map<string, State>} entries
 * @param {State & {id: string}} entry
 */
function add(entries, { id, ...state }) {
  const before = entries.get(id);
  entries.set(id, before ? merge(before, state) : state);
}

/**
 * Return why an entry of the file can't be brought in.
 *
 * @param {any} entry
 * @returns {Problem | null} null if it can
 */
function problemOf(entry) {
  if (!isObject(entry)) return "damaged";
  // Count the parts first: checking a million of them would take long.
  if (isTooLarge(entry)) return "large";
  if (isTooDeep(entry) || !isEntry(entry)) return "damaged";
  const times = [Date.parse(entry.created), ...Object.values(entry.seen)];
  return times.some((time) => time > LATEST) ? "future" : null;
}

/** @param {{fields?: any, seen?: any}} entry */
function isTooLarge({ fields, seen }) {
  if ([fields, seen].some((parts) => isObject(parts) && Object.keys(parts).length > MOST_PARTS)) {
    return true;
  }
  return isObject(fields) && Object.values(fields).some((field) => field?.length > MOST_VERSIONS);
}

/**
 * Return whether an object is a state with an id, and its attributes are of their types.
 *
 * @param {any} entry
 */
function isEntry(entry) {
  const { id, created, worksheet = "", revision = 0, locale = "en" } = entry;
  try {
    checkState(entry);
    Intl.getCanonicalLocales(locale);
    return (
      fromBase64url(id).length === 16 &&
      !Object.hasOwn(entry, "__proto__") &&
      typeof worksheet === "string" &&
      typeof locale === "string" &&
      Number.isSafeInteger(revision) &&
      !Number.isNaN(Date.parse(created))
    );
  } catch {
    return false;
  }
}
