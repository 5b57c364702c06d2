// The list of recordings on this phone with their sizes. The user can continue an unfinished save, and remove
// one recording or all of them.
import { size } from "../../platform/dates.js";
import { discard, put } from "../../platform/keyed.js";
import { h, href, say, toast } from "../../platform/dom.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { removeRecording } from "../../downloads/recordings.js";
import { confirmed } from "../../platform/confirm.js";
import { EMPTY, readQueue } from "../../downloads/queue.js";
import { downloads } from "../../downloads/manager.js";

/** @typedef {import("../../downloads/overview.js").Saved} Saved */

/** A list with more rows is closed at first. */
const MANY = 8;

export class SavedList {
  /**
   * @param {HTMLElement} section with a <summary>, a <ul> and [data-remove-all]
   * @param {AbortSignal} signal
   * @param {() => Promise<void>} changed called after a removal
   */
  constructor(section, signal, changed) {
    this.section = section;
    this.signal = signal;
    this.changed = changed;
    const all = section.querySelector("[data-remove-all]");
    all?.addEventListener("click", () => void this.#removeAll());
  }

  /** @type {Saved[]} */
  #saved = [];
  /** @type {Map<string, HTMLElement>} rows by address, so that a row keeps the focus */
  #rows = new Map();
  #hasSetOpen = false;

  /** @param {Saved[]} saved */
  show(saved) {
    const { section } = this;
    this.#saved = [...saved].sort((a, b) => a.title.localeCompare(b.title));
    section.hidden = saved.length === 0;
    const details = /** @type {HTMLDetailsElement} */ (section.querySelector("details"));
    // Set this only once. Afterwards the list stays as the user left it.
    if (!this.#hasSetOpen && saved.length) {
      details.open = saved.length <= MANY;
      this.#hasSetOpen = true;
    }
    const summary = /** @type {HTMLElement} */ (section.querySelector("summary > span"));
    const bytes = saved.reduce((sum, recording) => sum + recording.bytes, 0);
    const values = { size: size(bytes) };
    say(
      summary,
      ngettext("%(num)s recording, %(size)s", "%(num)s recordings, %(size)s", saved.length, values),
    );
    const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
    discard(this.#rows, new Set(saved.map(({ url }) => url)), (row) => row);
    this.#saved.forEach((recording, at) => put(list, this.#row(recording), at));
  }

  /** Return the recording's row, up to date. @param {Saved} recording */
  #row(recording) {
    const { url, state, lost } = recording;
    const row = this.#rows.get(url) ?? this.#makeRow(recording);
    this.#rows.set(url, row);
    const isBeingSaved = readQueue().state === "going" && downloads.status?.current === url;
    const goOn = /** @type {HTMLElement} */ (row.querySelector("button"));
    goOn.hidden = state !== "partial" || Boolean(lost) || isBeingSaved;
    say(/** @type {HTMLElement} */ (row.querySelector("small")), facts(recording));
    return row;
  }

  /** @param {Saved} recording */
  #makeRow({ title, slug, url }) {
    const goOn = gettext("Carry on saving %(title)s", { title });
    const remove = gettext("Remove %(title)s from this phone", { title });
    const end = h(
      "span",
      { class: "end" },
      button(pgettext("button", "Go on"), goOn, () => downloads.enqueue([url])),
      button(pgettext("button", "Remove"), remove, () => this.#remove(url)),
    );
    const words = h(
      "span",
      { class: "text" },
      h("a", { href: href(`recordings/${slug}`), text: title, dir: "auto" }),
      h("small"),
    );
    return h("li", {}, h("div", { class: "row" }, words, end));
  }

  /** @param {string} url */
  async #remove(url) {
    const recording = this.#saved.find((saved) => saved.url === url);
    if (!recording) return;
    const { title } = recording;
    const question = {
      title: gettext("Remove %(title)s from this phone?", { title }),
      texts: [facts(recording), gettext("You can save it again whenever you are online.")],
      yes: pgettext("button", "Remove"),
    };
    if (!(await confirmed(question, this.signal))) return;
    downloads.exclude([url]);
    await removeRecording(url);
    await this.#removed(gettext("Removed from this phone."));
  }

  async #removeAll() {
    const bytes = this.#saved.reduce((sum, recording) => sum + recording.bytes, 0);
    const question = {
      title: gettext("Remove all recordings from this phone?"),
      texts: [
        gettext(
          "That makes room for %(size)s. Your notes stay. You can save recordings again whenever you are online.",
          { size: size(bytes) },
        ),
      ],
      yes: pgettext("button", "Remove all"),
    };
    if (!(await confirmed(question, this.signal))) return;
    // Clear the queue too, so that no recording is saved again without being asked for.
    downloads.change(EMPTY);
    for (const { url } of this.#saved) await removeRecording(url);
    await this.#removed(gettext("All recordings are removed from this phone."));
  }

  /**
   * Update the page after a removal.
   * @param {string} message
   */
  async #removed(message) {
    document.dispatchEvent(new CustomEvent("recordings-changed"));
    await this.changed();
    toast(message);
    // The button that had the focus is gone, so move the focus.
    const next = this.section.querySelector("li button");
    const target = next instanceof HTMLElement ? next : document.querySelector("[data-total]");
    if (target instanceof HTMLElement) target.focus();
  }
}

/** @param {string} text @param {string} name for screen readers @param {() => void} onclick */
function button(text, name, onclick) {
  const attributes = { type: "button", class: "nhsuk-button quiet", "aria-label": name };
  return h("button", { ...attributes, text, onclick });
}

/**
 * Return the second line of a recording's row.
 * @param {Saved} recording
 */
export function facts({ version, voice, voiceName = voice, state, bytes, size: whole, lost }) {
  const values = { voice: voiceName, size: size(bytes), total: size(whole) };
  if (lost) return gettext("%(voice)s · %(size)s of %(total)s, part of it is gone", values);
  if (state !== "saved") {
    return gettext("%(voice)s · %(size)s of %(total)s, not all of it is here", values);
  }
  return version === "short"
    ? pgettext("a recording on this phone", "Short · %(voice)s · %(size)s", values)
    : pgettext("a recording on this phone", "Full · %(voice)s · %(size)s", values);
}
