// What a "this week" link names: up to three things, after the # of its address, which no server sees:
// #p=our-tricky-brain&r=safe-place&w=three-circles for a page, a recording, a worksheet. Pure.
// Such links are on paper: what was understood once is understood for ever.

/** Letter in the address -> where such things are, below the language. @type {Record<string, string>} */
const PLACES = { p: "learn", r: "recordings", w: "worksheets" };
const LETTERS = Object.fromEntries(
  Object.entries(PLACES).map(([letter, place]) => [place, letter]),
);
const PART = /^([prw])=([a-z0-9]+(?:-[a-z0-9]+)*)$/;
const LONGEST = 80;

/** As many as a week holds without weighing on anybody. */
export const MOST = 3;

/** @typedef {{items: string[], unknown: number}} Named items such as "learn/our-tricky-brain", each once */

/**
 * @param {string} fragment with or without its #
 * @param {(item: string) => boolean} [isKnown]
 * @returns {Named} `unknown` counts what is not understood, not there, or too much
 */
export function parse(fragment, isKnown = () => true) {
  const parts = fragment.replace(/^#/, "").split("&").filter(Boolean);
  const found = parts.map((part) => {
    const [, letter, slug = ""] = PART.exec(part) ?? [];
    return letter && slug.length <= LONGEST ? `${PLACES[letter]}/${slug}` : "";
  });
  const items = [...new Set(found.filter((item) => item && isKnown(item)))].slice(0, MOST);
  const named = new Set(parts).size;
  return { items, unknown: named - items.length };
}

/** @param {string[]} items @returns {string} the fragment, without its # */
export function format(items) {
  return items
    .map((item) => {
      const [place, slug] = item.split("/");
      return `${LETTERS[place]}=${slug}`;
    })
    .join("&");
}
