// The panel "Text and colours" over a page, which changes beneath it. Its form is that of the page settings/reading.
import { h, href } from "../../platform/dom.js";
import { startPart } from "../../platform/page.js";
import { loadSheet } from "../../platform/sheet.js";
import { showGoing } from "../../router/arrival.js";
import { documentAt } from "../../router/documents.js";

/** After this long, the page settings/reading opens instead. In ms. */
const TIMEOUT = 10_000;
/** Closes the panel that is open. @type {(() => void) | undefined} */
let close;

/** Open the panel, or close it. @param {HTMLElement} opener gets the focus back */
export async function togglePanel(opener) {
  if (close) return close();
  if (isItsPage()) return focusOn("main .panel-size input");
  const timeout = AbortSignal.timeout(TIMEOUT);
  const hideSign = showGoing(timeout);
  try {
    const script = /** @type {HTMLElement} */ (document.querySelector("[data-reading-sheet]"));
    const [page] = await Promise.all([
      documentAt(href("settings/reading"), timeout),
      loadSheet(script.dataset.readingSheet ?? ""),
    ]);
    // The reader may have pressed twice, or gone on.
    if (!close && !isItsPage()) await open(page, opener);
  } finally {
    hideSign();
  }
}

/** @param {Document} page settings/reading @param {HTMLElement} opener */
async function open(page, opener) {
  const head = page.querySelector("[data-panel-head]");
  const form = page.querySelector("form[data-module=reading]");
  if (!(head instanceof HTMLTemplateElement) || !form) throw new Error("the page has no form");
  const panel = h("dialog", { class: "reading-panel no-print", "aria-labelledby": "panel-title" });
  panel.append(document.importNode(head.content, true), document.adoptNode(form));
  const signal = follow(panel, opener);
  document.querySelector(".bar")?.before(panel);
  document.documentElement.dataset.panel = "";
  opener.setAttribute("aria-expanded", "true");
  panel.show();
  focusOn("#panel-title");
  await startPart(panel, signal);
}

/** Follow the ways to close the panel. Return a signal that aborts then. @param {HTMLElement} panel @param {HTMLElement} opener */
function follow(panel, opener) {
  const ending = new AbortController();
  close = () => {
    close = undefined;
    ending.abort();
    const { activeElement } = document;
    const isElsewhere = activeElement !== document.body && !panel.contains(activeElement);
    panel.remove();
    delete document.documentElement.dataset.panel;
    opener.setAttribute("aria-expanded", "false");
    if (!isElsewhere) opener.focus();
  };
  panel.querySelector("[data-close]")?.addEventListener("click", close);
  const { signal } = ending;
  document.addEventListener("keydown", (event) => isEscape(event, panel) && close?.(), { signal });
  // The page settings/reading has the form itself.
  document.addEventListener("page-shown", () => isItsPage() && close?.(), { signal });
  return signal;
}

const isItsPage = () => location.pathname === href("settings/reading");

/**
 * Return whether a key closes the panel. It does so from the page too, because the panel may cover what has the focus.
 * Some parts of the page use the key themselves.
 * @param {KeyboardEvent} event @param {HTMLElement} panel
 */
function isEscape({ key, target }, panel) {
  if (key !== "Escape" || !(target instanceof Element)) return false;
  return panel.contains(target) || !target.closest("dialog, .aloud-bar, input");
}

/** @param {string} selector */
function focusOn(selector) {
  const element = document.querySelector(selector);
  if (element instanceof HTMLElement) element.focus();
}
