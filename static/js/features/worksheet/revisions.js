/** Finds the page for an entry: each revision of a worksheet has a page with its own questions. Pure functions. */

/**
 * What a worksheet's page knows about the worksheet's revisions.
 * @typedef {object} Revisions
 * @property {string} slug
 * @property {number} shown the revision on this page
 * @property {number} offered the revision for new entries; 0 if the worksheet is no longer offered
 * @property {number[]} earlier the earlier revisions that have a page
 */

/**
 * Read the revisions from data attributes.
 * @param {DOMStringMap} dataset of the worksheet's element
 * @returns {Revisions}
 */
export function revisionsOf({ slug = "", revision, offered, earlier = "" }) {
  return {
    slug,
    shown: Number(revision),
    offered: Number(offered ?? 0),
    earlier: earlier.split(" ").filter(Boolean).map(Number),
  };
}

/**
 * Return the address, without the language, of the page that an entry belongs on.
 * @param {Revisions} revisions
 * @param {number} [revision] of the entry; for a new entry, the offered one
 * @returns {string | null} null if the open page is the best one
 */
export function pageOf({ slug, shown, offered, earlier }, revision = offered) {
  const best = earlier.includes(revision) ? revision : offered;
  if (!best || best === shown) return null;
  return best === offered ? `worksheets/${slug}` : `worksheets/${slug}/${best}`;
}
