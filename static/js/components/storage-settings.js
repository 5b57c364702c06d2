// What is kept on this phone: ready for flight mode, how large, how long it stays.
import { size } from "../lib/dates.js";
import { h, say, toast } from "../lib/dom.js";
import { isInstalled, platform } from "../lib/install.js";
import { gettext, locale, ngettext, pgettext } from "../lib/messages.js";
import { removeRecording } from "../offline/recordings.js";
import { keepPages, pagesKept } from "../offline/snapshots.js";
import { askToPersist, isPersistent, usage } from "../offline/usage.js";

/** @type {import("../main.js").Start} */
export default async function start(section) {
  const storage = new Storage(section);
  await Promise.all([storage.showFigures(), storage.showPersistence(), storage.showReady()]);
}

class Storage {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.part("[data-ready-buttons] button").addEventListener("click", () => this.getReady());
    this.part("[data-persist]").addEventListener("click", async () => {
      await askToPersist();
      await this.showPersistence();
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    const found = this.section.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
    return found;
  }

  async showReady() {
    const pages = await pagesKept(locale());
    const line = this.part("[data-ready] span");
    this.part("[data-ready-buttons]").hidden = pages > 0;
    if (!pages) {
      say(line, gettext("Not ready yet. Stay online for a moment."));
      return;
    }
    say(
      line,
      ngettext(
        "Ready for no signal: the one page is here.",
        "Ready for no signal: all %(num)s pages are here.",
        pages,
      ),
    );
  }

  async getReady() {
    const line = this.part("[data-ready] span");
    try {
      await keepPages({
        locale: locale(),
        onProgress: ({ done, total }) =>
          say(line, gettext("Getting ready: %(done)s of %(total)s.", { done, total })),
      });
      await Promise.all([this.showReady(), this.showFigures()]);
    } catch {
      say(line, gettext("There is no connection. Nothing is lost: try again when you are online."));
    }
  }

  async showFigures() {
    const { pages, recordings, notes, total } = await usage();
    const count = await pagesKept(locale());
    say(this.part("[data-total]"), gettext("%(size)s in all", { size: size(total) }));
    const sound = recordings.reduce((sum, { bytes }) => sum + bytes, 0);
    this.part("[data-figures]").replaceChildren(
      row(
        pgettext("what is kept on this phone", "Pages"),
        ngettext("%(num)s page, %(size)s", "%(num)s pages, %(size)s", count, { size: size(pages) }),
      ),
      row(
        pgettext("what is kept on this phone", "Recordings"),
        ngettext("%(num)s recording, %(size)s", "%(num)s recordings, %(size)s", recordings.length, {
          size: size(sound),
        }),
      ),
      row(pgettext("what is kept on this phone", "Notes"), size(notes)),
    );
    this.part("[data-recordings]").hidden = recordings.length === 0;
    this.part("[data-recordings] ul").replaceChildren(
      ...recordings.map((recording) => this.recordingRow(recording)),
    );
  }

  /** @param {{title: string, path: string, version: string, voice: string, bytes: number}} recording */
  recordingRow({ title, path, version, bytes }) {
    const kind =
      version === "short"
        ? pgettext("the short version of a recording", "Short")
        : pgettext("the full version of a recording", "Full");
    const remove = async () => {
      await removeRecording(path);
      await this.showFigures();
      toast(gettext("Removed from this phone."));
    };
    const button = h("button", {
      type: "button",
      class: "nhsuk-button quiet",
      text: pgettext("button", "Remove"),
      "aria-label": gettext("Remove %(title)s from this phone", { title }),
      onclick: remove,
    });
    const words = h(
      "span",
      { class: "text" },
      h("b", { text: title, dir: "auto" }),
      h("small", { text: `${kind} · ${size(bytes)}` }),
    );
    return h("li", {}, h("div", { class: "row" }, words, h("span", { class: "end" }, button)));
  }

  async showPersistence() {
    const kept = await isPersistent();
    say(
      this.part("[data-persistence]"),
      kept
        ? gettext("This phone will keep it until you remove it.")
        : gettext(
            "The browser may clear this away when the phone is short of room, or when you don’t open it for a while.",
          ),
    );
    this.part("[data-persist]").hidden = kept !== false;
    this.part("[data-safari]").hidden = platform() !== "ios" || isInstalled();
  }
}

/** @param {string} name @param {string} fact */
function row(name, fact) {
  const end = h("span", { class: "end", text: fact });
  const words = h("span", { class: "text" }, h("b", { text: name }));
  return h("li", {}, h("div", { class: "row" }, words, end));
}
