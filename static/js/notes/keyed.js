// Elements that stay while what they show is there.

/**
 * @template T
 * @param {Map<string, T>} all
 * @param {ReadonlySet<string>} wanted
 * @param {(one: T) => HTMLElement} elementOf
 */
export function discard(all, wanted, elementOf) {
  for (const [key, one] of all) {
    if (wanted.has(key)) continue;
    elementOf(one).remove();
    all.delete(key);
  }
}

/** Moving what is in its place already would take the keyboard from it. @param {HTMLElement} list @param {HTMLElement} element @param {number} at */
export function put(list, element, at) {
  const there = list.children[at];
  if (there !== element) list.insertBefore(element, there ?? null);
}
