// Saves all notes as a file: a web page to read, JSON for other programs, or FHIR for a clinic's system.
import { toast } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { loadWorksheets } from "../../answers/worksheets.js";
import { download, fileName } from "./export-file.js";

/** @import { State } from "../../data/entry.js" */
/** @import { Vault } from "../../data/entries.js" */
/** @import { ExportedEntry } from "../../data/entry-view.js" */

/** @typedef {(kept: {entries: (ExportedEntry & State)[]}, page: HTMLElement, when: Date) => Promise<string>} Make */

/** @type {Record<string, {ending: string, type: string, make: Make}>} */
const KINDS = {
  html: { ending: "html", type: "text/html", make: asPage },
  json: { ending: "json", type: "application/json", make: async (exported) => asJson(exported) },
  fhir: { ending: "fhir.json", type: "application/fhir+json", make: asFhir },
};

/**
 * Save all notes as a download. If there are none, tell the user.
 *
 * @param {string} kind "html", "json" or "fhir"
 * @param {Vault} vault
 * @param {HTMLElement} page with the titles, and with the app's name in `data-name`
 */
export async function saveAll(kind, vault, page) {
  const exported = /** @type {{entries: (ExportedEntry & State)[]}} */ (await vault.exportAll());
  if (!exported.entries.length) return void toast(gettext("There is nothing to save yet."));
  const when = new Date();
  const { ending, type, make } = KINDS[kind] ?? KINDS.json;
  const file = fileName(page.dataset.name ?? "", when, ending);
  download(file, await make(exported, page, when), type);
  toast(gettext("Saved as %(file)s.", { file }));
}

/** @param {object} content */
const asJson = (content) => `${JSON.stringify(content, null, 2)}\n`;

/** @type {Make} */
async function asPage({ entries }, page, when) {
  const { notesPage } = await import("./export-page.js");
  return notesPage(entries, await loadWorksheets(), page, when);
}

/** @type {Make} */
async function asFhir({ entries }, _, when) {
  const { asBundle } = await import("./fhir.js");
  return asJson(asBundle(entries, await loadWorksheets(), when));
}
