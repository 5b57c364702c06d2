// Updates a list of elements in place, so that elements which are still needed stay as they are.

/**
 * Remove the elements whose key is no longer wanted.
 *
 * @template T
 * @param {Map<string, T>} all by key
 * @param {ReadonlySet<string>} wanted keys
 * @param {(one: T) => HTMLElement} elementOf
 */
export function discard(all, wanted, elementOf) {
  for (const [key, item] of all) {
    if (wanted.has(key)) continue;
    elementOf(item).remove();
    all.delete(key);
  }
}

/**
 * Put an element at a position in a list. If it is there already, leave it alone: moving it would take the focus away.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} element
 * @param {number} at
 */
export function put(list, element, at) {
  const current = list.children[at];
  if (current !== element) list.insertBefore(element, current ?? null);
}
