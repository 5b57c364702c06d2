// "Something to settle with", on the help page: the recordings that somebody chose, or three that come with the page;
// whether this phone keeps them; and the way to choose others. Template: components/settle.jinja.
import { size } from "../lib/dates.js";
import { say, toast } from "../lib/dom.js";
import { hasEntries } from "../lib/memory.js";
import { gettext, ngettext, pgettext } from "../lib/messages.js";
import { isFull, problemWords, stateWords } from "../player/keep-words.js";
import { recallChosen, rememberChosen, shownOf } from "./chosen.js";
import { isUnfinished, keep, keptOf, state, stop, wantedFor } from "./keep-chosen.js";

/** @import { FieldVersion } from "../data/entry-view.js" */
/** @import { Choices } from "./choices.js" */
/** @import { ChosenEditor } from "./chosen-editor.js" */
/** @import { Wanted } from "./keep-chosen.js" */

export class ChosenView {
  #root;
  #signal;
  /** Slugs of all recordings. @type {string[]} */
  #known;
  /** Slugs of those that come with the page. @type {string[]} */
  #usual;
  /** @type {string[]} */
  #chosen = [];
  /** @type {Promise<Choices> | undefined} */
  #opening;
  /** @type {ChosenEditor | undefined} */
  #editor;
  /** @type {Wanted[]} */
  #missing = [];
  /** What was read aloud about saving, by kind. */
  #told = "";

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#signal = signal;
    this.#known = this.#templates().map(({ dataset }) => dataset.recording ?? "");
    this.#usual = this.#rows().map(({ dataset }) => dataset.slug ?? "");
    this.#on("[data-edit]", () => this.#edit());
    this.#on("[data-done]", () => this.#finish());
    this.#on("[data-usual]", () => this.#backToUsual());
    this.#on("[data-keep]", () => keep(this.#missing));
    this.#on("[data-stop]", async () => stop());
    document.addEventListener("recording-kept", () => void this.mark(), { signal });
    document.addEventListener("keeping-chosen", () => this.#drawKeeping(), { signal });
  }

  /** Shows at once what is remembered, then what is true. */
  async begin() {
    this.#show(recallChosen());
    const marking = this.mark();
    if (hasEntries()) await this.#look();
    await marking;
    // Asked for, and the app was closed before all of it was here.
    if (isUnfinished() && canKeep() && this.#missing.length) void keep(this.#missing);
  }

  async #look() {
    const choices = await this.#open();
    const found = await choices.look();
    if (!found) return;
    rememberChosen(found.slugs);
    await this.#showVersions(found.versions);
    if (JSON.stringify(found.slugs) === JSON.stringify(this.#chosen)) return;
    this.#show(found.slugs);
    this.#editor?.draw();
    await this.mark();
  }

  #open() {
    this.#opening ??= this.#load();
    return this.#opening;
  }

  async #load() {
    const [{ Choices }, { vault }] = await Promise.all([
      import("./choices.js"),
      import("../lib/vault.js"),
    ]);
    const entries = await vault();
    // The page may have gone meanwhile.
    if (!this.#signal.aborted) {
      const unfollow = entries.onChange(({ source }) => {
        if (source !== "here") void this.#look();
      });
      this.#signal.addEventListener("abort", unfollow);
    }
    return new Choices();
  }

  /** @param {string[]} chosen */
  #show(chosen) {
    this.#chosen = chosen;
    const shown = this.#shown();
    const now = this.#rows().map(({ dataset }) => dataset.slug);
    if (JSON.stringify(now) === JSON.stringify(shown)) return;
    const rows = shown.flatMap((slug) => {
      const row = this.#template(slug)?.content.firstElementChild?.cloneNode(true);
      return row ? [row] : [];
    });
    this.#part("[data-chosen]").replaceChildren(...rows);
  }

  #shown() {
    return shownOf(this.#chosen, this.#known, this.#usual);
  }

  /** Says of each whether this phone keeps it. */
  async mark() {
    try {
      const wanted = await wantedFor(this.#shown());
      const kept = await keptOf(wanted);
      this.#missing = wanted.filter(({ slug }) => !kept.has(slug));
      for (const row of this.#rows()) {
        const line = row.querySelector("[data-kept]");
        const isKnown = wanted.some(({ slug }) => slug === row.dataset.slug);
        if (!(line instanceof HTMLElement)) continue;
        line.hidden = !isKnown;
        const isKept = kept.has(row.dataset.slug ?? "");
        line.toggleAttribute("data-is", isKept);
        say(line, isKept ? gettext("Saved on this phone") : gettext("Not saved on this phone yet"));
      }
    } catch (error) {
      console.error("what is saved could not be told", error);
    }
    this.#drawKeeping();
  }

  #drawKeeping() {
    const { isGoing, isWaiting, problem, ...amount } = state();
    this.#part("[data-keeping]").hidden = !canKeep() || (!isGoing && !this.#missing.length);
    const progress = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    progress.hidden = !isGoing;
    progress.max = amount.size || 1;
    progress.value = amount.done;
    this.#part("[data-keep]").hidden = isGoing;
    this.#part("[data-stop]").hidden = !isGoing;
    this.#part("[data-full]").hidden = !isFull(problem);
    const bytes = this.#missing.reduce((sum, { file }) => sum + file.bytes, 0);
    const words = ngettext(
      "Keep this one on this phone (%(size)s)",
      "Keep these %(num)s on this phone (%(size)s)",
      this.#missing.length,
      { size: size(bytes) },
    );
    say(this.#part("[data-keep] span"), words);
    const line = isGoing
      ? stateWords(isWaiting ? "waiting" : "saving", amount)
      : problemWords(problem);
    const said = this.#part("[data-said-keeping]");
    said.hidden = !line;
    say(said, line ?? "");
    this.#tellKeeping(isGoing ? (isWaiting ? "waiting" : "saving") : line ? "problem" : "", line);
  }

  /** Read aloud is what is new in kind, not every piece that arrives. @param {string} kind @param {string | null} line */
  #tellKeeping(kind, line) {
    if (kind === this.#told) return;
    const words = kind ? line : stateWords("saved", { done: 0, size: 0 });
    this.#told = kind;
    say(this.#part("[data-told-keeping]"), words ?? "");
  }

  async #edit() {
    const { ChosenEditor } = await import("./chosen-editor.js");
    this.#editor ??= new ChosenEditor(this.#part("[data-editor]"), {
      title: (slug) => this.#title(slug),
      known: this.#known,
      shown: () => this.#shown(),
      change: (slugs) => this.#change(slugs),
    });
    this.#editor.draw();
    this.#unfold(true);
    this.#part("[data-editor] h3").focus();
    // Who can't save hears of it now.
    await this.#open();
  }

  #finish() {
    this.#unfold(false);
    this.#part("[data-edit]").focus();
    return this.mark();
  }

  /** @param {boolean} isOpen */
  #unfold(isOpen) {
    this.#part("[data-editor]").hidden = !isOpen;
    this.#part("[data-view]").hidden = isOpen;
  }

  /** @param {string[]} slugs @returns {Promise<boolean>} whether it is kept */
  async #change(slugs) {
    const before = this.#chosen;
    this.#show(slugs);
    try {
      await (await this.#open()).write(slugs);
      rememberChosen(slugs);
      return true;
    } catch (error) {
      this.#show(before);
      console.error("the choice was not kept", error);
      toast(gettext("That could not be kept on this phone. It is as it was."));
      return false;
    }
  }

  async #backToUsual() {
    const before = this.#chosen;
    const draw = async (/** @type {string[]} */ slugs) => {
      await this.#change(slugs);
      this.#editor?.draw();
    };
    await draw([]);
    toast(gettext("These are the three that come with this page."), {
      label: pgettext("button", "Undo"),
      act: () => draw(before),
    });
  }

  /** Chosen on two phones that did not know of each other. @param {FieldVersion[]} versions newest first */
  async #showVersions(versions) {
    const place = this.#part("[data-versions]");
    if (versions.length < 2 && !place.querySelector(".versions")) return;
    const { showVersions } = await import("../worksheet/versions.js");
    const said = versions.map(({ value }) => this.#inWords(value));
    const valueOf = (/** @type {string} */ words) => versions[said.indexOf(words)]?.value;
    const field = {
      name: "recordings",
      element: place,
      // No type of question: there is nothing to put one after the other.
      question: { type: "recordings", label: "" },
      read: () => null,
      show: () => {},
    };
    const shown = versions.map((version, at) => ({ ...version, value: said[at] }));
    showVersions(field, shown, {
      choose: async (_, words, all) => {
        await (await this.#open()).choose(valueOf(words), all.map(valueOf));
        await this.#look();
      },
      unchoose: async (_, all, words) => {
        await (await this.#open()).unchoose(all.map(valueOf), valueOf(words));
        await this.#look();
      },
    });
  }

  /** @param {any} value */
  #inWords(value) {
    const slugs = shownOf(Array.isArray(value) ? value : [], this.#known, this.#usual);
    return slugs.map((slug) => this.#title(slug).textContent?.trim()).join("\n");
  }

  /** @param {string} slug @returns {DocumentFragment} */
  #title(slug) {
    const title = document.createDocumentFragment();
    const words = this.#template(slug)?.content.querySelector("b");
    title.append(...(words?.cloneNode(true).childNodes ?? []));
    return title;
  }

  /** @returns {HTMLTemplateElement[]} a row for each recording */
  #templates() {
    return Array.from(this.#root.querySelectorAll("template[data-recording]"));
  }

  /** @param {string} slug */
  #template(slug) {
    return this.#templates().find(({ dataset }) => dataset.recording === slug);
  }

  /** @returns {HTMLElement[]} */
  #rows() {
    return Array.from(this.#root.querySelectorAll("[data-chosen] > li"));
  }

  /** @param {string} selector @param {() => Promise<void>} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", () => {
      act().catch((error) => {
        console.error("the help page did not do that", error);
        toast(gettext("That did not work. Nothing was lost."));
      });
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}

/** Private windows and plain HTTP have no worker that could play it. */
const canKeep = () => "serviceWorker" in navigator;
