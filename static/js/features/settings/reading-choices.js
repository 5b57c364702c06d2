// How the reader wants to read, stored on this phone. theme.js applies it on every page, before the first paint.
import { recall, remember } from "../../platform/storage.js";

const NAMES = ["theme", "size", "font", "spacing", "words"];

/** @returns {Record<string, string>} the choice of each name; the usual one is missing or "" */
export function chosen() {
  try {
    return JSON.parse(recall("reading") ?? "{}");
  } catch {
    return {};
  }
}

/** Store choices beside the others, and show them. @param {Record<string, string>} choices */
export function choose(choices) {
  const all = { ...chosen(), ...choices };
  remember("reading", JSON.stringify(all));
  apply(all);
}

/** Go back to the usual choices. */
export function forget() {
  remember("reading", null);
  apply({});
}

/** Check the radios that stand for what is chosen. @param {HTMLElement} part has the radios */
export function check(part) {
  const choices = chosen();
  for (const radio of part.querySelectorAll('input[type="radio"]')) {
    if (!(radio instanceof HTMLInputElement)) continue;
    radio.checked = radio.value === (choices[radio.name] ?? "");
  }
}

/** @param {Record<string, string>} choices */
function apply(choices) {
  const root = document.documentElement;
  for (const name of NAMES) {
    if (choices[name]) root.dataset[name] = choices[name];
    else delete root.dataset[name];
  }
}
