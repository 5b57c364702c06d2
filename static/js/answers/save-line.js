/** The line that says where the reader's words are stored. `describe` is pure; `SaveLine` draws its result. */
import { date, time } from "../platform/dates.js";
import { h, href, icon, say } from "../platform/dom.js";
import { isComputer } from "../platform/device.js";
import { gettext, pgettext } from "../platform/i18n.js";
import { savedWords } from "./saved-words.js";

/** @import { Status } from "../data/backup-status.js" */

/**
 * What the line depends on.
 * @typedef {object} Facts
 * @property {boolean} saving whether words wait for this phone's storage or are being stored
 * @property {string | null} problem why the words aren't stored: "full" (no room), "refused" (no storage at all) or
 *   "failed"
 * @property {string} id of the entry; empty before the first save
 * @property {number | null} savedAt ms since 1970; null before the first save
 * @property {boolean} conflict whether some answer has two versions
 * @property {boolean} backedUp whether the backup has the entry as it is now
 * @property {boolean} online
 * @property {Status | null} backup null until it is known
 */

/**
 * What the line shows.
 * @typedef {object} Line
 * @property {"new" | "saving" | "saved" | "failed"} state
 * @property {string} kind screen readers announce the line only when its kind changes
 * @property {string} text
 * @property {string} picture name of an icon
 * @property {string} [link] the address that the whole line links to, without the language
 * @property {boolean} [leads] whether the line is a button that goes to the answer with two versions
 * @property {("retry" | "storage" | "copy")[]} [actions]
 */

/** Return the line for these facts. @param {Facts} facts @param {Date} [now] @returns {Line} */
export function describe(facts, now = new Date()) {
  const { saving, problem, savedAt } = facts;
  if (problem) return failure(problem, savedAt !== null);
  if (saving)
    return {
      state: "saving",
      kind: "saved",
      text: pgettext("state of the words", "Saving…"),
      picture: "mobile",
    };
  if (savedAt === null) {
    const text = isComputer()
      ? gettext("What you write is saved on this computer as you go.")
      : gettext("What you write is saved on this phone as you go.");
    return { state: "new", kind: "new", text, picture: "mobile" };
  }
  const when = new Date(savedAt);
  const values = { time: when.toDateString() === now.toDateString() ? time(when) : date(when) };
  return { state: "saved", kind: facts.conflict ? "conflict" : "saved", ...saved(facts, values) };
}

/** @param {string} problem @param {boolean} partly whether other words of the entry are stored @returns {Line} */
function failure(problem, partly) {
  const failed = /** @type {const} */ ({ state: "failed", kind: problem, picture: "warning" });
  if (problem === "full") {
    const text = partly
      ? gettext("Some words are not saved: this phone has no room for them. The rest is saved.")
      : gettext("Not saved: this phone has no room left.");
    return { ...failed, text, actions: ["storage", "copy"] };
  }
  if (problem === "refused") {
    const text = gettext("This browser can’t keep your words. Copy them before you close.");
    return { ...failed, text, actions: ["storage", "copy"] };
  }
  const text = gettext("Not saved. These words are only on this screen.");
  return { ...failed, text, actions: ["retry", "copy"] };
}

/**
 * @param {Facts} facts
 * @param {{time: string}} values
 * @returns {{text: string, picture: string, link?: string, leads?: boolean}}
 */
function saved({ id, conflict, backedUp, online, backup }, { time }) {
  const line = (/** @type {import("./saved-words.js").Kept} */ kept) => ({
    picture: "check",
    text: savedWords(kept, time),
  });
  const link = "settings/backup";
  if (conflict) return { ...line("conflict"), leads: true };
  if (!backup?.enabled) return { ...line("off"), link };
  if (backedUp) return { ...line("backed-up"), picture: "cloud-check" };
  if (backup.tooLarge.includes(id)) return line("too-large");
  if (backup.state === "failed") return { ...line("broken"), link };
  if (!online || backup.problem === "offline") return line("offline");
  if (backup.state === "syncing") return line("syncing");
  if (backup.state === "waiting") return { ...line("broken"), link };
  return line("pending");
}

/** Codes of errors that trying again doesn't help against. */
const REFUSED = new Set(["storage_insecure", "storage_missing", "storage_refused"]);

/** Return the `problem` of Facts that an error stands for. @param {any} error @returns {string | null} */
export function problemOf(error) {
  if (!error) return null;
  if (error.code === "storage_full") return "full";
  if (REFUSED.has(error.code)) return "refused";
  return "failed";
}

export class SaveLine {
  #element;
  #status;
  #acts;
  #kind = "new";
  #drawnText = "";

  /**
   * @param {HTMLElement} element
   * @param {HTMLElement} status role=status: announces only a change of kind, not every save
   * @param {{retry: () => void, copy: () => void, lead?: () => void}} acts `lead` goes to the answer with two versions
   */
  constructor(element, status, acts) {
    this.#element = element;
    this.#status = status;
    this.#acts = acts;
  }

  /** @param {Facts} facts */
  show(facts) {
    // Keep the present text until it is known whether backup is on.
    const { saving, problem, savedAt, backup } = facts;
    if (!saving && !problem && savedAt !== null && !backup) return;
    const line = describe(facts);
    this.#draw(line);
    // "Saving…" lasts only a moment. To announce it would interrupt the reader's writing.
    if (line.state === "saving" || line.kind === this.#kind) return;
    this.#kind = line.kind;
    say(this.#status, line.text);
  }

  /** @param {Line} line */
  #draw(line) {
    const lineAsText = JSON.stringify(line);
    // Don't replace a button while the reader is pressing it.
    if (lineAsText === this.#drawnText) return;
    this.#drawnText = lineAsText;
    const { state, picture, actions = [] } = line;
    this.#element.dataset.state = state;
    const words = this.#words(line);
    const buttons = actions.map((action) => this.#button(action));
    const row = buttons.length ? [h("span", { class: "buttons" }, ...buttons)] : [];
    this.#element.replaceChildren(icon(picture), h("span", {}, words), ...row);
    this.#element.hidden = false;
  }

  /** @param {Line} line */
  #words({ text, link, leads }) {
    if (link) return h("a", { href: href(link), text });
    if (!leads) return h("span", { text });
    return h("button", { type: "button", class: "link", text, onclick: this.#acts.lead });
  }

  /** @param {"retry" | "storage" | "copy"} action */
  #button(action) {
    if (action === "storage") {
      return h("a", {
        href: href("settings/storage"),
        text: gettext("What is saved here"),
      });
    }
    const label = action === "retry" ? pgettext("button", "Try again") : gettext("Copy my words");
    return h("button", { type: "button", class: "link", text: label, onclick: this.#acts[action] });
  }
}
