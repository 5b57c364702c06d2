/** Each revision of a worksheet has a page with its own questions: which one shows an entry. Pure. */

/**
 * What a worksheet's page knows of its revisions.
 * @typedef {object} Revisions
 * @property {string} slug
 * @property {number} shown
 * @property {number} offered what is begun now; 0 where the worksheet isn't offered any longer
 * @property {number[]} earlier those that have a page of their own
 */

/** @param {DOMStringMap} dataset of the worksheet's element @returns {Revisions} */
export function revisionsOf({ slug = "", revision, offered, earlier = "" }) {
  return {
    slug,
    shown: Number(revision),
    offered: Number(offered ?? 0),
    earlier: earlier.split(" ").filter(Boolean).map(Number),
  };
}

/**
 * The address, below the language, of the page that an entry belongs on.
 * @param {Revisions} revisions
 * @param {number} [revision] of the entry; the one offered now for a new entry
 * @returns {string | null} null where the page that is open is the best there is
 */
export function pageOf({ slug, shown, offered, earlier }, revision = offered) {
  const best = earlier.includes(revision) ? revision : offered;
  if (!best || best === shown) return null;
  return best === offered ? `worksheets/${slug}` : `worksheets/${slug}/${best}`;
}
