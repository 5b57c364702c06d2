// Shows notices about saved recordings: parts are missing, or the server has newer versions.
import { size } from "../../platform/dates.js";
import { h, icon } from "../../platform/dom.js";
import { gettext, ngettext } from "../../platform/i18n.js";
import { soundsByAddress } from "../../downloads/library.js";
import { readQueue } from "../../downloads/queue.js";
import { BuiltViews } from "./built-views.js";
import { lostWords, newerWords } from "./texts.js";

/** @typedef {import("../../downloads/library.js").Library} Library */
/** @typedef {import("../../downloads/library.js").Sound} Sound */
/** @typedef {import("../../downloads/overview.js").Saved} Saved */

export class Notices {
  /**
   * @param {HTMLElement} place
   * @param {(addresses: string[]) => void} fetchAgain called when a button is pressed
   */
  constructor(place, fetchAgain) {
    this.views = new BuiltViews(place);
    this.fetchAgain = fetchAgain;
  }

  /**
   * @param {Saved[]} saved
   * @param {Library | null} library
   * @param {boolean} isBusy something is being saved at the moment
   */
  show(saved, library, isBusy) {
    const { also, state } = readQueue();
    const isQueued = (/** @type {Saved} */ { url }) => state === "going" && also.includes(url);
    const open = isBusy ? [] : saved.filter((recording) => !isQueued(recording));
    const lost = open.filter((recording) => recording.lost);
    const newer = open.filter((recording) => recording.replaced && !recording.lost);
    const known = library ? soundsByAddress(library) : new Map();
    const name = JSON.stringify([lost, newer].map((list) => list.map(({ url }) => url)));
    this.views.show(`${name} ${known.size}`, () => [
      lost.length ? this.#lost(lost, library ? known : null) : null,
      newer.length ? this.#newer(newer, known) : null,
    ]);
  }

  /**
   * @param {Saved[]} lost
   * @param {Map<string, Sound> | null} known files of the service; null when there is no library
   */
  #lost(lost, known) {
    const bytes = lost.reduce((sum, recording) => sum + recording.size - recording.bytes, 0);
    const available = lost.filter(({ url }) => !known || known.has(url)).map(({ url }) => url);
    const gone = gettext("The service no longer has some of it, so that part can’t come back.");
    const text = gettext("Fetch it again (%(size)s)", { size: size(bytes) });
    return notice("warning", [
      h("p", { text: lostWords(lost.length, bytes) }),
      titles(lost),
      available.length < lost.length ? h("p", { text: gone }) : null,
      available.length ? this.#button(text, available) : null,
    ]);
  }

  /**
   * @param {Saved[]} newer recordings with a newer version on the server
   * @param {Map<string, Sound>} known files of the service
   */
  #newer(newer, known) {
    const bytes = newer.reduce(
      (sum, { url, newer: part }) => sum + (known.get(url)?.bytes ?? 0) - (part?.bytes ?? 0),
      0,
    );
    const text = ngettext(
      "Save the newer one (%(size)s)",
      "Save the newer ones (%(size)s)",
      newer.length,
      { size: size(bytes) },
    );
    return notice("info", [
      h("p", { text: newerWords(newer.length) }),
      titles(newer),
      this.#button(
        text,
        newer.map(({ url }) => url),
      ),
    ]);
  }

  /**
   * @param {string} text
   * @param {string[]} addresses
   */
  #button(text, addresses) {
    const onclick = () => this.fetchAgain(addresses);
    const kind = "nhsuk-button nhsuk-button--secondary";
    return h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", class: kind, text, onclick }),
    );
  }
}

/** @param {Saved[]} saved */
function titles(saved) {
  const names = [...new Set(saved.map(({ title }) => title))];
  return h("ul", { class: "names" }, ...names.map((text) => h("li", { text, dir: "auto" })));
}

/**
 * @param {string} picture name of an icon
 * @param {(Node | null)[]} parts
 */
function notice(picture, parts) {
  const body = h("div", {}, ...parts.filter((part) => part !== null));
  return h("div", { class: "notice" }, icon(picture), body);
}
