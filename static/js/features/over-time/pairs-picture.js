// Draws before and after: a figure for each scale, and in it a mark for each note, from the level before to the level
// after.
import { say } from "../../platform/dom.js";
import { gettext, ngettext, number } from "../../platform/i18n.js";
import { compare } from "../../answers/weeks.js";
import { OF_PRACTICE } from "./gather.js";
import { along, draw, fitted, textSize } from "../../platform/svg.js";
import { fillTable, find, row, sayAll, sayEnds, span } from "./texts.js";

/** @import { Pair, Series } from "./gather.js" */

/** The least width of a column, in em. */
const COLUMN = 1.75;
/** The height of the picture, the space at its top and bottom, and the radius of a mark, in em. */
const HEIGHT = 8;
const EDGE = 0.6;
const RADIUS = 0.27;

/**
 * Make the figure of one scale: sentences, picture and table.
 *
 * @param {Series} series
 * @param {number} at index of the figure, for its ids
 * @param {HTMLElement} page
 * @returns {{figure: HTMLElement, follow: () => () => void}} `follow` draws the picture, and again whenever the
 *   width changes. Call it once the figure is in the page. It returns a function that stops the drawing.
 */
export function pairsFigure(series, at, page) {
  const template = /** @type {HTMLTemplateElement} */ (find(page, "template[data-series]"));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const figure = /** @type {HTMLElement} */ (copy.firstElementChild);
  const { pairs } = series;
  putTitles(figure, series, page);
  const id = `pairs-caption-${at}`;
  find(figure, "caption").id = id;
  find(figure, "[role=region]").setAttribute("aria-labelledby", id);
  sayAll(find(figure, "[data-said]"), summary(pairs));
  fillTable(figure, () =>
    pairs.map((pair) => row(pair, [pair.before, pair.after], page)).reverse(),
  );
  const follow = () =>
    fitted(find(figure, "[data-plot]"), (width) => {
      const fits = Math.max(1, Math.floor(width / (COLUMN * textSize())));
      const shown = pairs.slice(-fits);
      sayEnds(figure, shown, pairs.length);
      return picture(series, shown, width / shown.length, width);
    });
  return { figure, follow };
}

/**
 * Put the titles and the words at the ends of the scale into the figure.
 *
 * @param {HTMLElement} figure
 * @param {Series} series
 * @param {HTMLElement} page
 */
function putTitles(figure, { slug, title, lang, low, high, min, max }, page) {
  const isPractice = slug === OF_PRACTICE;
  const words = (/** @type {string} */ name) => {
    const template = /** @type {HTMLTemplateElement} */ (find(page, `template[${name}]`));
    return template.content.cloneNode(true);
  };
  const put = (/** @type {string} */ place, /** @type {Node | string} */ text) => {
    const element = find(figure, `[data-${place}]`);
    element.replaceChildren(text);
    if (lang && !isPractice) element.lang = lang;
  };
  put("title", isPractice ? words('data-title="practice"') : title);
  put("high", isPractice ? words('data-end="high"') : high);
  put("low", isPractice ? words('data-end="low"') : low);
  const scale = scaleOf(figure, min, max);
  say(find(figure, "[data-scale]"), scale);
  // Two revisions of a worksheet have the same title, but perhaps not the same scale. The caption tells them apart.
  find(figure, "caption").textContent = `${find(figure, "[data-title]").textContent} ${scale}`;
}

/** Say what the numbers of the table mean. @param {HTMLElement} figure @param {number} min @param {number} max */
function scaleOf(figure, min, max) {
  const [low, high] = ["low", "high"].map((end) => find(figure, `[data-${end}]`).textContent ?? "");
  const ends = { min: number(min), max: number(max) };
  if (!low || !high) return gettext("From %(min)s to %(max)s.", ends);
  return gettext("%(min)s is “%(low)s”, %(max)s is “%(high)s”.", { ...ends, low, high });
}

/**
 * Summarise the pairs without a judgement. A higher number may mean more ease or more fear: the ends of the scale say
 * which.
 *
 * @param {Pair[]} pairs
 */
function summary(pairs) {
  const { more: higher, same, less: lower } = compare(pairs);
  const parts = [span(pairs)];
  // English says "twice".
  if (higher === 2) parts.push(gettext("Higher afterwards twice."));
  else if (higher) {
    parts.push(ngettext("Higher afterwards once.", "Higher afterwards %(num)s times.", higher));
  }
  if (same === 2) parts.push(gettext("The same twice."));
  else if (same) parts.push(ngettext("The same once.", "The same %(num)s times.", same));
  if (lower === 2) parts.push(gettext("Lower afterwards twice."));
  else if (lower) {
    parts.push(ngettext("Lower afterwards once.", "Lower afterwards %(num)s times.", lower));
  }
  if (!higher && !same && !lower)
    parts.push(gettext("None of them has both a before and an after."));
  return parts;
}

/**
 * Draw the picture.
 *
 * @param {Series} series
 * @param {Pair[]} shown
 * @param {number} column width in px
 * @param {number} width in px
 */
function picture({ min, max }, shown, column, width) {
  const em = textSize();
  const across = along(width);
  const heightOf = (/** @type {number} */ level) =>
    em * (EDGE + (HEIGHT - 2 * EDGE) * (1 - (level - min) / (max - min)));
  const bands = shown.flatMap((_, at) => {
    if (at % 2) return [];
    const x = Math.min(across(column * at), across(column * (at + 1)));
    return [draw("rect", { class: "week", x, y: 0, width: column, height: HEIGHT * em })];
  });
  const levels = [min, (min + max) / 2, max].map((level) =>
    draw("line", { class: "level", x1: 0, x2: width, y1: heightOf(level), y2: heightOf(level) }),
  );
  const marks = shown.map(({ before, after }, at) => {
    const middle = column * (at + 0.5);
    const step = Math.min(column / 4, em * 0.6);
    const [from, to] = [across(middle - step), across(middle + step)];
    const group = draw("g", { class: "time" });
    const dot = (
      /** @type {string} */ kind,
      /** @type {number} */ cx,
      /** @type {number} */ level,
    ) => draw("circle", { class: kind, cx, cy: heightOf(level), r: RADIUS * em });
    if (before !== null && after !== null) {
      const [y1, y2] = [heightOf(before), heightOf(after)];
      group.append(draw("line", { class: "way", x1: from, y1, x2: to, y2 }));
    }
    if (before !== null) group.append(dot("ring", from, before));
    if (after !== null) group.append(dot("dot", to, after));
    return group;
  });
  const box = `0 0 ${width} ${HEIGHT * em}`;
  return draw("svg", { viewBox: box, "aria-hidden": "true" }, ...bands, ...levels, ...marks);
}
