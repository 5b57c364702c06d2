import { readFileSync } from "node:fs";

/** What both languages are tested with; sync.md says what it holds. */
export const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/sync-v1.json", import.meta.url), "utf8"),
);

/** @param {string} hex */
export const fromHex = (hex) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** @param {Uint8Array} bytes */
export const toHex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
