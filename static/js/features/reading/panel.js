// The panel "Text and colours" over a page, which changes beneath it. Its form is that of the page settings/reading.
import { h, href } from "../../platform/dom.js";
import { startPart } from "../../platform/page.js";
import { loadSheet } from "../../platform/sheet.js";
import { documentAt } from "../../router/documents.js";

/** After this long, the page settings/reading opens instead. In ms. */
const TIMEOUT = 10_000;
/** Closes the panel that is open. @type {(() => void) | undefined} */
let close;

/** Open the panel, or close it. @param {HTMLElement} opener gets the focus back */
export async function togglePanel(opener) {
  if (close) return close();
  const path = href("settings/reading");
  if (location.pathname === path) return focusOn("main .panel-size input");
  const script = /** @type {HTMLElement} */ (document.querySelector("[data-reading-sheet]"));
  const [page] = await Promise.all([
    documentAt(path, AbortSignal.timeout(TIMEOUT)),
    loadSheet(script.dataset.readingSheet ?? ""),
  ]);
  // The reader may have pressed twice.
  if (!close) await open(page, opener);
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
    panel.remove();
    delete document.documentElement.dataset.panel;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  };
  panel.querySelector("[data-close]")?.addEventListener("click", close);
  panel.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close?.();
  });
  return ending.signal;
}

/** @param {string} selector */
function focusOn(selector) {
  const element = document.querySelector(selector);
  if (element instanceof HTMLElement) element.focus();
}
