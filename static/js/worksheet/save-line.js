/** The honest line: where the words are. `describe` is pure; `SaveLine` shows it. */
import { date, time } from "../lib/dates.js";
import { h, href, icon, say } from "../lib/dom.js";
import { gettext, pgettext } from "../lib/messages.js";

/** @import { Status } from "../data/backup-status.js" */

/**
 * @typedef {object} Facts
 * @property {boolean} saving something is on its way to this phone's storage
 * @property {string | null} problem why it isn't stored: "full" (no room), "refused" (no storage at all), "long" (the
 *   entry is as long as can be) or "failed"
 * @property {number | null} savedAt ms since 1970; null before anything is written
 * @property {boolean} conflict some answer has two versions
 * @property {boolean} backedUp as it is now
 * @property {boolean} online
 * @property {Status | null} backup null while it isn't known
 */

/**
 * @typedef {object} Line
 * @property {"new" | "saving" | "saved" | "failed"} state
 * @property {string} kind changes of it are worth announcing
 * @property {string} text
 * @property {string} picture name of an icon
 * @property {string} [link] where the whole line leads, below the language
 * @property {boolean} [leads] whether it leads to the answer with two versions
 * @property {("retry" | "storage" | "copy")[]} [actions]
 */

/** @param {Facts} facts @param {Date} [now] @returns {Line} */
export function describe(facts, now = new Date()) {
  const { saving, problem, savedAt } = facts;
  if (problem) return failure(problem);
  if (saving)
    return {
      state: "saving",
      kind: "saved",
      text: pgettext("state of the words", "Saving…"),
      picture: "mobile",
    };
  if (savedAt === null) {
    const text = gettext("What you write is saved on this phone as you go.");
    return { state: "new", kind: "new", text, picture: "mobile" };
  }
  const when = new Date(savedAt);
  const values = { time: when.toDateString() === now.toDateString() ? time(when) : date(when) };
  return { state: "saved", kind: facts.conflict ? "conflict" : "saved", ...saved(facts, values) };
}

/** @param {string} problem @returns {Line} */
function failure(problem) {
  const failed = /** @type {const} */ ({ state: "failed", kind: problem, picture: "warning" });
  if (problem === "full") {
    const text = gettext("Not saved: this phone has no room left.");
    return { ...failed, text, actions: ["storage", "copy"] };
  }
  if (problem === "refused") {
    const text = gettext(
      "This browser can’t keep your words. Leave private browsing, or copy them before you close.",
    );
    return { ...failed, text, actions: ["copy"] };
  }
  if (problem === "long") {
    const text = gettext(
      "This worksheet is full. The last words were not saved. Copy them into a new one.",
    );
    return { ...failed, text, actions: ["copy"] };
  }
  const text = gettext("Not saved. These words are only on this screen.");
  return { ...failed, text, actions: ["retry", "copy"] };
}

/**
 * @param {Facts} facts
 * @param {{time: string}} values
 * @returns {{text: string, picture: string, link?: string, leads?: boolean}}
 */
function saved({ conflict, backedUp, online, backup }, values) {
  const here = { picture: "check" };
  const link = "settings/backup";
  if (conflict) {
    const text = gettext("Saved on this phone %(time)s · two versions to look at", values);
    return { ...here, text, leads: true };
  }
  if (!backup?.enabled) {
    return { ...here, link, text: gettext("Saved on this phone %(time)s · backup is off", values) };
  }
  if (backedUp) {
    const text = gettext("Saved on this phone %(time)s · backed up", values);
    return { picture: "cloud-check", text };
  }
  if (backup.state === "failed" || backup.problem === "entry_too_large") {
    const text = gettext("Saved on this phone %(time)s · backup isn’t working", values);
    return { ...here, link, text };
  }
  if (!online || backup.problem === "offline") {
    const text = gettext(
      "Saved on this phone %(time)s · will be backed up when you are online",
      values,
    );
    return { ...here, text };
  }
  if (backup.state === "syncing") {
    return { ...here, text: gettext("Saved on this phone %(time)s · backing up…", values) };
  }
  if (backup.state === "waiting") {
    const text = gettext("Saved on this phone %(time)s · backup isn’t working", values);
    return { ...here, link, text };
  }
  return { ...here, text: gettext("Saved on this phone %(time)s · not backed up yet", values) };
}

/** The words of an error's code that the line has a sentence for. @param {any} error @returns {string | null} */
export function problemOf(error) {
  if (!error) return null;
  if (error.code === "storage_full") return "full";
  if (error.code === "storage_missing") return "refused";
  if (error.code === "entry_too_large") return "long";
  return "failed";
}

export class SaveLine {
  #element;
  #news;
  #acts;
  #kind = "new";
  #drawn = "";

  /**
   * @param {HTMLElement} element
   * @param {HTMLElement} news role=status: hears only what is new in kind, not every save
   * @param {{retry: () => void, copy: () => void, lead?: () => void}} acts `lead` goes to the two versions
   */
  constructor(element, news, acts) {
    this.#element = element;
    this.#news = news;
    this.#acts = acts;
  }

  /** @param {Facts} facts */
  show(facts) {
    // Until it is known whether backup is on, what stands there goes on standing.
    const { saving, problem, savedAt, backup } = facts;
    if (!saving && !problem && savedAt !== null && !backup) return;
    const line = describe(facts);
    this.#draw(line);
    // "Saving…" passes by in a moment; hearing it would interrupt who is writing.
    if (line.state === "saving" || line.kind === this.#kind) return;
    this.#kind = line.kind;
    say(this.#news, line.text);
  }

  /** @param {Line} line */
  #draw(line) {
    const drawing = JSON.stringify(line);
    // Buttons in use must not be replaced under the finger.
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    const { state, picture, actions = [] } = line;
    const isFirst = this.#element.dataset.state === "new" && state !== "new";
    this.#element.dataset.state = state;
    const words = this.#words(line);
    const buttons = actions.map((action) => this.#button(action));
    const row = buttons.length ? [h("span", { class: "buttons" }, ...buttons)] : [];
    this.#element.replaceChildren(icon(picture), h("span", {}, words), ...row);
    this.#element.hidden = false;
    // From the first letter on it stays in sight: not on the field in use.
    if (isFirst) document.querySelector("main :focus")?.scrollIntoView({ block: "nearest" });
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
        text: gettext("What is kept on this phone"),
      });
    }
    const label = action === "retry" ? pgettext("button", "Try again") : gettext("Copy my words");
    return h("button", { type: "button", class: "link", text: label, onclick: this.#acts[action] });
  }
}
