// Reads and writes "this week" links. The part after the # names up to three things, and no server sees it:
// #p=our-tricky-brain&r=safe-place&w=three-circles names a page, a recording and a worksheet. Such links are printed on
// paper. So the app must always understand every link that it once understood. Pure functions.

/** The letter in the link, and the path of such things below the language. @type {Record<string, string>} */
const PLACES = { p: "learn", r: "recordings", w: "worksheets" };
const LETTERS = Object.fromEntries(
  Object.entries(PLACES).map(([letter, place]) => [place, letter]),
);
const PART = /^([prw])=([a-z0-9]+(?:-[a-z0-9]+)*)$/;
/** The largest number of characters in a slug. */
const LONGEST = 80;

/** The largest number of things in a week. More would be a burden. */
export const MOST = 3;

/** @typedef {{items: string[], unknown: number}} Named `items` such as "learn/our-tricky-brain", each once */

/**
 * Read a link.
 *
 * @param {string} fragment with or without its #
 * @param {(item: string) => boolean} [isKnown] whether there is such a thing
 * @returns {Named} `unknown` counts the parts that can't be read, that name nothing known, or that are too many
 */
export function parse(fragment, isKnown = () => true) {
  const parts = fragment.replace(/^#/, "").split("&").filter(Boolean);
  const candidates = parts.map((part) => {
    const [, letter, slug = ""] = PART.exec(part) ?? [];
    return letter && slug.length <= LONGEST ? `${PLACES[letter]}/${slug}` : "";
  });
  const items = [...new Set(candidates.filter((item) => item && isKnown(item)))].slice(0, MOST);
  const distinctParts = new Set(parts).size;
  return { items, unknown: distinctParts - items.length };
}

/** Write a link. @param {string[]} items @returns {string} the fragment, without its # */
export function format(items) {
  return items
    .map((item) => {
      const [place, slug] = item.split("/");
      return `${LETTERS[place]}=${slug}`;
    })
    .join("&");
}
