/** Where the reader is in a worksheet: `#e=<entry>&step=<part>`. Fragments never reach the server. Pure. */

/**
 * @typedef {object} Place
 * @property {string} entry its id, or ""
 * @property {string} step the part's name, or ""
 * @property {boolean} [print] to be printed at once
 */

const ENTRY = /^[\w-]{22}$/;

/** @param {string} hash such as "#e=…&step=threat" @returns {Place} */
export function readPlace(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const entry = parts.get("e") ?? "";
  return {
    entry: ENTRY.test(entry) ? entry : "",
    step: parts.get("step") ?? "",
    print: parts.has("print"),
  };
}

/** @param {Place} place @returns {string} "" or a fragment with its "#" */
export function placeHash({ entry, step, print }) {
  const parts = [
    entry && `e=${entry}`,
    step && `step=${encodeURIComponent(step)}`,
    print && "print",
  ].filter(Boolean);
  return parts.length ? `#${parts.join("&")}` : "";
}
