// Ready-made settings, and what follows from a choice.
import { canBeRead, inkOn, luminance } from "./contrast.js";

/** @import { Choices } from "../../platform/reading-choices.js" */

/** From this size on, long words are divided: a narrow screen may hold only one of them in a line. */
const LARGE = 1.6;

/** @type {Record<string, Choices>} */
export const SETS = {
  dyslexia: {
    "--size": "1.15",
    "--letters": "0.08em",
    "--words": "0.2em",
    "--leading": "1.9",
    "--paragraphs": "1.5",
    width: "narrow",
    hyphens: "off",
    theme: "cream",
  },
  "low-vision": {
    "--size": "2",
    weight: "bold",
    theme: "white-on-black",
    links: "marked",
    controls: "large",
    pointer: "large",
  },
  distracted: { plain: "on", motion: "still", width: "narrow", "--paragraphs": "1.5" },
  tired: {
    "--size": "1.15",
    "--leading": "1.8",
    theme: "cream",
    pictures: "dim",
    motion: "still",
  },
  keyboard: { ring: "thick", links: "marked", controls: "large" },
};

/** Choices that a set leaves as they are: they aren't about how a page looks. */
const KEPT = /^(words|glossary|voice_\w+|speed|pitch|volume)$/;

/** Return a set's choices, with those that it leaves. @param {string} name @param {Choices} choices the current ones */
export function withSet(name, choices) {
  const kept = Object.entries(choices).filter(([choice]) => KEPT.test(choice));
  return derived({ ...Object.fromEntries(kept), ...SETS[name] });
}

/** Return choices with what follows from them. @param {Choices} choices @returns {Choices} */
export function derived(choices) {
  const { large, shade, "--own-button-ink": _, ...given } = choices;
  const added = {};
  if (given.theme === "own" && !canBeRead(given)) delete given.theme;
  if (Number(given["--size"]) >= LARGE) Object.assign(added, { large: "on" });
  if (given.theme === "own") {
    Object.assign(added, { "--own-button-ink": inkOn(given["--own-button"]) });
    if (luminance(given["--own-paper"]) < 0.18) Object.assign(added, { shade: "dark" });
  }
  return { ...given, ...added };
}
