// Pictures of what was written over time: the three circles, how it was before and after, and what comes back.
import { reportFailure } from "../../platform/reopening.js";
import { explainOn } from "../../session/trouble.js";
import { vault as openVault } from "../../session/vault.js";
import { loadWorksheets } from "../../answers/worksheets.js";
import { showCircles } from "./circles-picture.js";
import { gather } from "./gather.js";
import { pairsFigure } from "./pairs-picture.js";
import { showTriggers } from "./triggers-list.js";
import { find } from "./texts.js";

/** @import { ExportedEntry } from "../../data/entry-view.js" */
/** @import { Pictures } from "./gather.js" */

/** Draw again when nothing has changed for this long. In ms. */
const REFRESH_DELAY = 60;

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  try {
    const [vault, worksheets] = await Promise.all([openVault(), loadWorksheets()]);
    if (signal.aborted) return;
    let drawn = "";
    let stop = () => {};
    const show = async () => {
      const { entries } = /** @type {{entries: ExportedEntry[]}} */ (await vault.exportAll());
      const pictures = gather(entries, worksheets);
      const drawing = JSON.stringify(pictures);
      // Don't draw the same pictures again: that would fold what is unfolded and lose the focus.
      if (drawing === drawn || signal.aborted) return;
      drawn = drawing;
      stop();
      stop = drawAll(page, pictures);
    };
    await show();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const drawSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => show().catch(failed), REFRESH_DELAY);
    };
    const stopListening = vault.onChange(drawSoon);
    signal.addEventListener("abort", () => {
      stopListening();
      stop();
    });
  } catch (error) {
    failed(error);
    view(page, "failed");
    explainOn(page.querySelector("[data-view=failed]"), error);
  }
}

/** @param {unknown} error */
const failed = (error) => reportFailure("the pictures were not drawn", error);

/**
 * @param {HTMLElement} page
 * @param {Pictures} pictures
 * @returns {() => void} stops the pictures from following changes of size
 */
function drawAll(page, { circles, series, triggers, written }) {
  const isEmpty = !circles.length && !series.length && !written;
  // Show the view before drawing: a hidden element has no width.
  view(page, isEmpty ? "empty" : "pictures");
  if (isEmpty) return () => {};
  /** @type {(() => void)[]} */
  const stops = [];
  const circlesPart = partOf(page, "circles", circles.length > 0);
  if (circles.length) stops.push(showCircles(circlesPart, circles, page));
  const figures = series.map((scale, index) => pairsFigure(scale, index, page));
  const pairs = find(partOf(page, "pairs", series.length > 0), "[data-some]");
  pairs.replaceChildren(...figures.map(({ figure }) => figure));
  stops.push(...figures.map(({ follow }) => follow()));
  const triggersPart = partOf(page, "triggers", triggers.length > 0, written < 2 ? "few" : "apart");
  if (triggers.length) showTriggers(triggersPart, triggers, written, page);
  return () => stops.forEach((stop) => stop());
}

/**
 * Show the pictures of one part, or the words that stand in their place. Return the part.
 * @param {HTMLElement} page
 * @param {string} name
 * @param {boolean} isSome whether there is something to draw
 * @param {string} [why] which of the [data-none] texts says why there is nothing; all of them if left out
 */
function partOf(page, name, isSome, why = "") {
  const part = find(page, `[data-part="${name}"]`);
  find(part, "[data-some]").hidden = !isSome;
  for (const words of part.querySelectorAll("[data-none]")) {
    const isMeant = !why || words.getAttribute("data-none") === why;
    if (words instanceof HTMLElement) words.hidden = isSome || !isMeant;
  }
  return part;
}

/** @param {HTMLElement} page @param {"loading" | "pictures" | "empty" | "failed"} name */
function view(page, name) {
  for (const part of page.querySelectorAll("[data-view]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.view !== name;
  }
}
