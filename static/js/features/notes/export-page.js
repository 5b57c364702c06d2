// Builds one web page with all notes, or with one. It needs no script and no network, and any browser can show it. The user's words
// go into elements as text, and the browser turns the elements into HTML. So the browser does all the escaping.
import { date } from "../../platform/dates.js";
import { h } from "../../platform/dom.js";
import { gettext, locale, ngettext } from "../../platform/i18n.js";
import { namesOf } from "./names.js";
import { noteView } from "./note-view.js";
import { reading } from "./reading-view.js";
import { CHOICES } from "../../answers/rows.js";

/** @import { Worksheets } from "../../answers/worksheets.js" */
/** @import { ExportedEntry } from "../../data/entry-view.js" */

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 40rem; margin: 0 auto; padding: 1.5rem; font: 1.0625rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.3; }
h2 { margin: 0; font-size: 1.3rem; line-height: 1.3; }
h3 { margin: 1.5rem 0 0; font-size: 1.0625rem; }
p { margin: 0; }
.small { opacity: 0.8; font-size: 0.9rem; }
.read { margin-block-start: 2.5rem; padding-block-start: 1.5rem; border-block-start: 1px solid; }
.read-block { margin-block-start: 1rem; }
.read-item { margin-block-start: 0.75rem; padding-inline-start: 1rem; border-inline-start: 2px solid; }
.asked { font-weight: 700; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.read > .said, .paper > .said { margin-block-start: 1rem; }
@media print { body { max-width: none; padding: 0; } h2, h3, .asked { break-after: avoid; } }
`;
/** A safeguard: even if HTML from a note got into the page, no script would run and nothing would be fetched. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * Build the page.
 *
 * @param {ExportedEntry[]} entries
 * @param {Worksheets} worksheets
 * @param {ParentNode} page with the titles
 * @param {Date} when the notes are exported
 * @returns {string} HTML
 */
export function notesPage(entries, worksheets, page, when) {
  const names = namesOf(page);
  const notes = entries
    .filter(({ kind }) => !CHOICES.has(kind))
    .map((entry) => reading(entry, worksheets, names))
    .sort((a, b) => b.changed - a.changed);
  const title = gettext("My notes, %(date)s", { date: date(when) });
  const count = ngettext(
    "%(num)s note, newest first.",
    "%(num)s notes, newest first.",
    notes.length,
  );
  return htmlPage(title, [
    h("h1", { text: title }),
    h("p", { text: count }),
    ...notes.map(noteView),
  ]);
}

/**
 * Build a page that needs nothing else.
 *
 * @param {string} title
 * @param {HTMLElement[]} content
 * @returns {string} HTML
 */
export function htmlPage(title, content) {
  const main = h("main", {}, ...content);
  const head = h(
    "head",
    {},
    h("meta", { charset: "utf-8" }),
    h("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("title", {}, title),
  );
  const openingTag = `<html lang="${locale()}" dir="${document.documentElement.dir || "ltr"}">`;
  const style = `<style>${STYLE}</style>`;
  // Added as text: a <style> element would belong to the app's page, whose own policy forbids inline styles.
  const headHtml = head.outerHTML.replace("</head>", () => `${style}</head>`);
  return `<!doctype html>\n${openingTag}${headHtml}<body>${main.outerHTML}</body></html>\n`;
}
