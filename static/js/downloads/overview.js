// Compares the wanted recordings with those on this phone. Pure.

/** @typedef {import("./library.js").Sound} Sound */
/** @typedef {Awaited<ReturnType<typeof import("./recordings.js").listSaved>>[number]} Saved */

/**
 * @typedef {object} Item a wanted file, and how much of it is saved
 * @property {Sound} sound
 * @property {"saved" | "partial" | "none"} state
 * @property {number} bytes saved so far
 * @property {number} size of the whole file
 */

/**
 * Return how much of each wanted file is saved.
 * @param {Sound[]} sounds
 * @param {Saved[]} saved
 * @param {string[]} [agreed] addresses whose newer version is wanted too
 * @returns {Item[]}
 */
export function itemsOf(sounds, saved, agreed = []) {
  const known = new Map(saved.map((recording) => [recording.url, recording]));
  return sounds.map((sound) => {
    const here = known.get(sound.address);
    if (!here) return { sound, state: "none", bytes: 0, size: sound.bytes };
    if (here.state === "saved" && here.replaced && agreed.includes(sound.address)) {
      const bytes = here.newer?.bytes ?? 0;
      return { sound, state: bytes ? "partial" : "none", bytes, size: sound.bytes };
    }
    return { sound, state: here.state, bytes: here.bytes, size: here.size };
  });
}

/**
 * Add up the saved bytes and the sizes.
 * @param {Pick<Item, "bytes" | "size">[]} items
 */
export function sumUp(items) {
  const sum = (/** @type {"bytes" | "size"} */ key) =>
    items.reduce((total, item) => total + item[key], 0);
  return { done: sum("bytes"), total: sum("size") };
}

/**
 * Return the items that are not saved completely.
 * @template {Pick<Item, "state">} T
 * @param {T[]} items
 * @returns {T[]}
 */
export function missingOf(items) {
  return items.filter(({ state }) => state !== "saved");
}

/**
 * Group the items by language and exercise. The list shows one row for each group.
 * @param {Item[]} items
 * @returns {Map<string, Item[]>}
 */
export function byExercise(items) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = `${item.sound.locale} ${item.sound.slug}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
