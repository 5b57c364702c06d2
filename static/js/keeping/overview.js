// What of the wanted recordings is here, and what isn't. Pure.

/** @typedef {import("./library.js").Sound} Sound */
/** @typedef {Awaited<ReturnType<typeof import("../offline/recordings.js").listSaved>>[number]} Saved */

/**
 * @typedef {object} Item one file that is wanted, as far as it is here
 * @property {Sound} sound
 * @property {"saved" | "partial" | "none"} state
 * @property {number} bytes here
 * @property {number} size of the whole
 */

/**
 * @param {Sound[]} sounds
 * @param {Saved[]} saved
 * @param {string[]} [agreed] addresses whose newer file is wanted too
 * @returns {Item[]}
 */
export function itemsOf(sounds, saved, agreed = []) {
  const known = new Map(saved.map((one) => [one.url, one]));
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

/** @param {Pick<Item, "bytes" | "size">[]} items */
export function sumUp(items) {
  const sum = (/** @type {"bytes" | "size"} */ what) =>
    items.reduce((total, item) => total + item[what], 0);
  return { done: sum("bytes"), total: sum("size") };
}

/** Items that are not whole here. @template {Pick<Item, "state">} T @param {T[]} items @returns {T[]} */
export function missingOf(items) {
  return items.filter(({ state }) => state !== "saved");
}

/** How far a language's exercise is: several files, one line. @param {Item[]} items @returns {Map<string, Item[]>} */
export function byExercise(items) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = `${item.sound.locale} ${item.sound.slug}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
