// The controls of the reading aids: up, down, and "Turn off". They stay at one place of the screen, above every aid, so
// that nobody has to look for them. The arrow keys move the aids only while one of these has the focus: elsewhere they
// belong to the page and to screen readers.
import { h } from "../../platform/dom.js";
import { pgettext } from "../../platform/i18n.js";
import { draw } from "../../platform/svg.js";

const UP = -1;
const DOWN = 1;
/** @type {Record<string, number>} */
const ARROWS = { ArrowUp: UP, ArrowDown: DOWN };

/**
 * @param {(direction: number) => void} step moves the aids by a line or a paragraph: 1 is down, -1 is up
 * @param {() => void} off turns the aids off
 */
export function keysOf(step, off) {
  const up = pgettext("button of the reading aids", "Move up");
  const down = pgettext("button of the reading aids", "Move down");
  const keys = h(
    "div",
    { class: "aid-keys" },
    arrow(up, "M5.5 14.5 12 8l6.5 6.5", () => step(UP)),
    arrow(down, "M5.5 9.5 12 16l6.5-6.5", () => step(DOWN)),
    h("button", {
      type: "button",
      text: pgettext("button of the reading aids", "Turn off"),
      onclick: off,
    }),
  );
  keys.addEventListener("keydown", (event) => {
    const direction = ARROWS[event.key];
    if (!direction) return;
    // Otherwise the page would scroll too.
    event.preventDefault();
    step(direction);
  });
  return keys;
}

/** @param {string} label @param {string} path @param {() => void} onclick */
function arrow(label, path, onclick) {
  const picture = { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" };
  const attributes = { type: "button", "aria-label": label, onclick };
  return h("button", attributes, draw("svg", picture, draw("path", { d: path })));
}
