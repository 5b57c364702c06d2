/** Copies fonts from their packages. The Arabic font is cut down to the letters that pages show. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";

/** Return the characters from one code point to another. @param {number} first @param {number} last both included */
const letters = (first, last) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));

// Arabic, with the letters of Persian, Urdu and Kurdish names. The whole Unicode block would be twice as large.
const ARABIC = [
  "\u060c\u061b\u061f\u0640\u066a\u066b\u066c\u0670\u0671\u200c\u200d\u00ab\u00bb\u2026",
  letters(0x621, 0x63a),
  letters(0x641, 0x655),
  letters(0x660, 0x669),
  "\u0679\u067e\u0686\u0688\u0691\u0695\u0698\u06a4\u06a9\u06af\u06b5\u06ba\u06be\u06c0\u06c1",
  "\u06c2\u06c3\u06c5\u06c6\u06c7\u06c8\u06cb\u06cc\u06ce\u06d2\u06d3\u06d5",
  letters(0x6f0, 0x6f9),
].join("");

// Proportional digits are left out: no style asks for them, and they are glyphs of their own.
const FEATURES = ["ccmp", "fina", "init", "liga", "locl", "mark", "medi", "mkmk", "rlig", "tnum"];

/** @type {{name: string, file: string, text?: string}[]} */
const FONTS = [400, 700].flatMap((weight) => [
  {
    name: `fonts/atkinson-${weight}.woff2`,
    file: `atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff2`,
  },
  {
    name: `fonts/atkinson-ext-${weight}.woff2`,
    file: `atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-${weight}-normal.woff2`,
  },
  {
    name: `fonts/noto-naskh-arabic-${weight}.woff2`,
    file: `noto-naskh-arabic/files/noto-naskh-arabic-arabic-${weight}-normal.woff2`,
    text: ARABIC,
  },
  {
    name: `fonts/opendyslexic-${weight}.woff2`,
    // Not cut down: its licence allows this name only for the font as its author made it.
    file: `opendyslexic/files/opendyslexic-latin-${weight}-normal.woff2`,
  },
]);

/**
 * @param {import("./output.mjs").Output} output
 * @param {string} packages the node_modules folder
 */
export async function buildFonts(output, packages) {
  for (const { name, file, text } of FONTS) {
    const font = readFileSync(join(packages, "@fontsource", file));
    const options = /** @type {const} */ ({
      targetFormat: "woff2",
      noHinting: true,
      keepFeatures: FEATURES,
    });
    output.add(name, text ? await subsetFont(font, text, options) : font);
  }
}
