// Makes a QR code from the twelve words, and reads a QR code from a picture. Only this module loads the `qr` package.

/** @typedef {{width: number, height: number, data: Uint8ClampedArray}} Picture pixels as RGBA */

/** The width of the light margin around the code, in squares. Scanners need it. */
const MARGIN = 4;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Encode words as a QR code.
 * @param {string[]} words
 * @returns {Promise<boolean[][]>} rows of squares; true means dark
 */
export async function encode(words) {
  const { encodeQR } = await import("qr");
  return encodeQR(words.join(" "), "raw", { ecc: "medium", border: MARGIN });
}

/** Return an SVG path that draws all dark squares. @param {boolean[][]} rows */
export function pathOf(rows) {
  return rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
}

/**
 * Draw a QR code as an SVG element.
 * @param {boolean[][]} rows
 * @param {string} name the accessible name
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
 * Read the QR code in a picture.
 * @param {Picture} picture
 * @param {number} [timeLimit] in ms; the default suits a camera, which soon delivers another picture
 * @returns {Promise<string | undefined>} the code's text; undefined if no code was read in time
 */
export async function read(picture, timeLimit = 15) {
  const { decodeQR } = await import("qr/decode.js");
  try {
    return decodeQR(picture, { timeLimit });
  } catch {
    return undefined;
  }
}
