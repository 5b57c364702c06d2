// The contrast of two colours, as WCAG 2.2 defines it.

/** The least contrast at which text counts as readable (WCAG 1.4.3). */
export const LEAST = 4.5;
/** The colour of the reader's own paper, and the colours of what is read on it. */
export const PAPER = "--own-paper";
export const READ = ["--own-ink", "--own-link"];

/**
 * Return whether the reader's own colours are all there and can be read: a link may bring any.
 * @param {Record<string, string>} choices
 */
export function canBeRead(choices) {
  if (!choices["--own-button"]) return false;
  return READ.every((name) => contrast(choices[name] ?? "", choices[PAPER] ?? "") >= LEAST);
}

/**
 * Return the contrast of two colours, from 1 to 21.
 * @param {string} one "#rrggbb" @param {string} other
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Return the relative luminance of a colour, from 0 (black) to 1 (white). @param {string} colour "#rrggbb" */
export function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Return black or white, whichever is easier to read on a colour. @param {string} colour "#rrggbb" */
export function inkOn(colour) {
  return contrast("#000000", colour) >= contrast("#ffffff", colour) ? "#000000" : "#ffffff";
}
