/**
 * The reader's place in a worksheet, as the address stores it: `#e=<entry>&step=<part>`.
 * Browsers never send the fragment to the server. Pure functions.
 */

/**
 * @typedef {object} Place
 * @property {string} entry the entry's id, or ""
 * @property {string} step the part's name, or ""
 * @property {boolean} [print] whether to print the entry as soon as it is open
 */

/** An entry's id: 16 bytes in base64url. */
const ENTRY = /^[\w-]{22}$/;

/** Read the place from a fragment. @param {string} hash such as "#e=…&step=threat" @returns {Place} */
export function readPlace(hash) {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const entry = values.get("e") ?? "";
  return {
    entry: ENTRY.test(entry) ? entry : "",
    step: values.get("step") ?? "",
    print: values.has("print"),
  };
}

/**
 * Return the path, below the language, of the page that shows an entry to read. The id is after the #, so that not even
 * the server learns which entry is opened.
 * @param {string} id
 */
export const readingPath = (id) => `notes/note#e=${id}`;

/** Write a place as a fragment. @param {Place} place @returns {string} "" or a fragment with its "#" */
export function placeHash({ entry, step, print }) {
  const parts = [
    entry && `e=${entry}`,
    step && `step=${encodeURIComponent(step)}`,
    print && "print",
  ].filter(Boolean);
  return parts.length ? `#${parts.join("&")}` : "";
}
