// Draws the three circles over time: a row for each system, and a column for each note. If not all columns fit, the
// oldest are left out.
import { number } from "../../platform/i18n.js";
import { radius } from "../../answers/radius.js";
import { SYSTEMS } from "./gather.js";
import { along, draw, fitted, textSize } from "../../platform/svg.js";
import { fillTable, find, range, row, sayAll, sayEnds, span } from "./texts.js";

/** @import { Circles } from "./gather.js" */

/** @typedef {typeof SYSTEMS[number]} System */

/** The least width of a column, in em. */
const COLUMN = 2.75;
/** The radius of the highest value in the worksheet's picture. Circles here are scaled by it. */
const HIGHEST = radius({ value: 1, min: 0, max: 1 });

/**
 * Fill this part of the page: sentences, picture and table.
 *
 * @param {HTMLElement} part
 * @param {Circles[]} circles oldest first, at least one
 * @param {HTMLElement} page
 * @returns {() => void} stops redrawing when the width changes
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
      .map((moment) =>
        row(
          moment,
          SYSTEMS.map((system) => moment.sizes[system]?.value),
          page,
        ),
      )
      .reverse(),
  );
  return fitted(find(part, "[data-plot]"), (width) => {
    const fits = Math.max(1, Math.floor(width / (COLUMN * textSize())));
    const shown = circles.slice(-fits);
    sayEnds(part, shown, circles.length);
    return picture(shown, width / shown.length, width, names);
  });
}

/** @param {System} system @param {HTMLElement} page */
function nameOf(system, page) {
  const template = find(page, `template[data-system="${system}"]`);
  return /** @type {HTMLTemplateElement} */ (template).content.textContent?.trim() ?? "";
}

/**
 * Draw the picture.
 *
 * @param {Circles[]} shown
 * @param {number} column width in px
 * @param {number} width in px
 * @param {Record<string, string>} names
 */
function picture(shown, column, width, names) {
  const em = textSize();
  const maxRadius = Math.min(1.2 * em, column / 2 - 1);
  const rowHeight = 2 * maxRadius + 2.9 * em;
  const across = along(width);
  const rows = SYSTEMS.map((system, at) => {
    const top = rowHeight * at;
    const middle = top + 1.5 * em + maxRadius;
    const marks = shown.flatMap(({ sizes }, index) => {
      const x = across(column * (index + 0.5));
      const size = sizes[system];
      const text = draw("text", { class: "count", x, y: middle + maxRadius + em });
      text.textContent = size ? number(size.value) : "–";
      if (!size) return [text];
      const r = (radius(size) / HIGHEST) * maxRadius;
      return [draw("circle", { class: "size", cx: x, cy: middle, r }), text];
    });
    const name = draw("text", { x: across(0), y: top + em });
    name.textContent = names[system];
    const line = draw("line", { class: "level", x1: 0, x2: width, y1: middle, y2: middle });
    return draw("g", { class: `system-${system}` }, line, name, ...marks);
  });
  const box = `0 0 ${width} ${rowHeight * SYSTEMS.length}`;
  return draw("svg", { viewBox: box, "aria-hidden": "true" }, ...rows);
}
