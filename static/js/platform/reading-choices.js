// How the reader wants to read, stored on this phone. theme.js applies it on every page, before the first paint.
import { recall, remember } from "./storage.js";

/** @typedef {Record<string, string>} Choices by name; a usual choice is missing. See static/css/reading for the names */

/** The choices that the browser refuses to store: they hold until the page is left. @type {Choices | undefined} */
let unstored;

/** @returns {Choices} */
export function chosen() {
  return { ...(unstored ?? stored()) };
}

/** Add choices to the others, and show them. @param {Choices} choices "" takes one back */
export function choose(choices) {
  const all = Object.entries({ ...chosen(), ...choices });
  replace(Object.fromEntries(all.filter(([, value]) => value !== "")));
}

/** Use these choices and no others. @param {Choices} choices */
export function replace(choices) {
  const text = Object.keys(choices).length ? JSON.stringify(choices) : null;
  remember("reading", text);
  unstored = recall("reading") === text ? undefined : choices;
  document.dispatchEvent(new CustomEvent("reading-changed", { detail: choices }));
}

/** Check the radios and boxes that stand for what is chosen. @param {HTMLElement} part has them */
export function check(part) {
  const choices = chosen();
  for (const input of part.querySelectorAll('input[type="radio"], input[type="checkbox"]')) {
    if (!(input instanceof HTMLInputElement)) continue;
    input.checked = input.value === (choices[input.name] ?? "");
  }
}

/** @returns {Choices} */
function stored() {
  try {
    const choices = JSON.parse(recall("reading") ?? "{}");
    return choices && typeof choices === "object" ? choices : {};
  } catch {
    return {};
  }
}
