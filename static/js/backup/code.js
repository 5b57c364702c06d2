// The twelve words as a QR code, and back from a picture. The `qr` package is loaded only here.

/** @typedef {{width: number, height: number, data: Uint8ClampedArray}} Picture RGBA */

/** Squares of light around the code, which readers need. */
const MARGIN = 4;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string[]} words
 * @returns {Promise<boolean[][]>} rows of squares, dark ones true
 */
export async function encode(words) {
  const { encodeQR } = await import("qr");
  return encodeQR(words.join(" "), "raw", { ecc: "medium", border: MARGIN });
}

/** One path for all dark squares. @param {boolean[][]} rows */
export function pathOf(rows) {
  return rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
}

/**
 * @param {boolean[][]} rows
 * @param {string} name accessible name
 */
export function draw(rows, name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(rows));
  svg.append(path);
  return svg;
}

/**
 * @param {Picture} picture
 * @param {number} [patience] ms for hard pictures; a camera soon has another one
 * @returns {Promise<string | undefined>} the text of the code, if there is one
 */
export async function read(picture, patience = 15) {
  const { decodeQR } = await import("qr/decode.js");
  try {
    return decodeQR(picture, { timeLimit: patience });
  } catch {
    return undefined;
  }
}
