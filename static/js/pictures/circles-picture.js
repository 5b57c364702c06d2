// Three circles over time: a row for each system, a column for each time, as many as there is room for.
import { number } from "../lib/messages.js";
import { radius } from "../worksheet/radius.js";
import { SYSTEMS } from "./gather.js";
import { along, draw, fitted, textSize } from "./svg.js";
import { fillTable, find, range, row, sayAll, sayEnds, span } from "./words.js";

/** @import { Circles } from "./gather.js" */

/** @typedef {typeof SYSTEMS[number]} System */

/** Of a column at least, in letters' heights. */
const COLUMN = 2.75;
/** What radius() of the worksheet's picture gives for the highest value. */
const HIGHEST = radius({ value: 1, min: 0, max: 1 });

/**
 * @param {HTMLElement} part
 * @param {Circles[]} circles oldest first, at least one
 * @param {HTMLElement} page
 * @returns {() => void} stops following the width
 */
export function showCircles(part, circles, page) {
  const names = Object.fromEntries(SYSTEMS.map((system) => [system, nameOf(system, page)]));
  sayAll(find(part, "[data-said]"), [
    span(circles),
    ...SYSTEMS.flatMap((system) => {
      const values = circles.flatMap(({ sizes }) => sizes[system]?.value ?? []);
      return values.length ? [range(names[system], values)] : [];
    }),
  ]);
  fillTable(part, () =>
    circles
      .map((one) =>
        row(
          one,
          SYSTEMS.map((system) => one.sizes[system]?.value),
          page,
        ),
      )
      .reverse(),
  );
  return fitted(find(part, "[data-plot]"), (wide) => {
    const fits = Math.max(1, Math.floor(wide / (COLUMN * textSize())));
    const shown = circles.slice(-fits);
    sayEnds(part, shown, circles.length);
    return picture(shown, wide / shown.length, wide, names);
  });
}

/** @param {System} system @param {HTMLElement} page */
function nameOf(system, page) {
  const template = find(page, `template[data-system="${system}"]`);
  return /** @type {HTMLTemplateElement} */ (template).content.textContent?.trim() ?? "";
}

/** @param {Circles[]} shown @param {number} column @param {number} wide @param {Record<string, string>} names */
function picture(shown, column, wide, names) {
  const em = textSize();
  const most = Math.min(1.2 * em, column / 2 - 1);
  const tall = 2 * most + 2.9 * em;
  const across = along(wide);
  const rows = SYSTEMS.map((system, at) => {
    const top = tall * at;
    const middle = top + 1.5 * em + most;
    const marks = shown.flatMap(({ sizes }, index) => {
      const x = across(column * (index + 0.5));
      const size = sizes[system];
      const text = draw("text", { class: "count", x, y: middle + most + em });
      text.textContent = size ? number(size.value) : "–";
      if (!size) return [text];
      const r = (radius(size) / HIGHEST) * most;
      return [draw("circle", { class: "size", cx: x, cy: middle, r }), text];
    });
    const name = draw("text", { x: across(0), y: top + em });
    name.textContent = names[system];
    const line = draw("line", { class: "level", x1: 0, x2: wide, y1: middle, y2: middle });
    return draw("g", { class: `system-${system}` }, line, name, ...marks);
  });
  const box = `0 0 ${wide} ${tall * SYSTEMS.length}`;
  return draw("svg", { viewBox: box, "aria-hidden": "true" }, ...rows);
}
