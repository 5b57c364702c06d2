// The list of recordings on this phone with their sizes. The user can continue an unfinished save, and remove
// one recording or all of them.
import { size } from "../../platform/dates.js";
import { h, href, say, toast } from "../../platform/dom.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { removeRecording } from "../../downloads/recordings.js";
import { confirmed } from "../../platform/confirm.js";
import { readQueue } from "../../downloads/queue.js";
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
    const rows = this.#saved.map((recording) => this.#row(recording));
    /** @type {HTMLElement} */ (section.querySelector("ul")).replaceChildren(...rows);
  }

  /** @param {Saved} recording */
  #row(recording) {
    const { title, slug, url, state, lost } = recording;
    const isUnfinished = state === "partial" && !lost;
    const isBeingSaved = readQueue().state === "going" && downloads.status?.current === url;
    const end = h(
      "span",
      { class: "end" },
      isUnfinished && !isBeingSaved
        ? h("button", {
            type: "button",
            class: "nhsuk-button quiet",
            text: pgettext("button", "Go on"),
            "aria-label": gettext("Go on saving %(title)s", { title }),
            onclick: () => this.#goOn(url),
          })
        : "",
      h("button", {
        type: "button",
        class: "nhsuk-button quiet",
        text: pgettext("button", "Remove"),
        "aria-label": gettext("Remove %(title)s from this phone", { title }),
        onclick: () => this.#remove(recording),
      }),
    );
    const words = h(
      "span",
      { class: "text" },
      h("a", { href: href(`recordings/${slug}`), text: title, dir: "auto" }),
      h("small", { text: facts(recording) }),
    );
    return h("li", {}, h("div", { class: "row" }, words, end));
  }

  /** @param {string} url */
  #goOn(url) {
    downloads.enqueue([url]);
  }

  /** @param {Saved} recording */
  async #remove(recording) {
    const { title, url } = recording;
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
    downloads.change({ state: "none", choice: null, also: [], without: [], problem: "" });
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
