// Whether practice left somebody worse twice in a row. Nothing is counted or kept: the sealed notes on this phone are
// looked at when the second of them is written. Pure.

/** @typedef {import("../../data/practice.js").Practice} Practice */

/**
 * Return whether the two last notes say so. Notes without both answers say nothing.
 * @param {{created: string, practice?: Practice}[]} entries in any order; `created` is ISO 8601
 */
export function isWorseAgain(entries) {
  const answered = entries.flatMap(({ created, practice }) => {
    const { before = null, after = null } = practice ?? {};
    return before === null || after === null ? [] : [{ created, isWorse: after < before }];
  });
  const [last, earlier] = answered.sort((a, b) => (a.created < b.created ? 1 : -1));
  return Boolean(last?.isWorse && earlier?.isWorse);
}
