// "Something to help you settle", on the help page. Shows the recordings that the reader chose, or three that come with the
// page. Shows which of them are saved on this phone, saves the others, and opens the editor for choosing. Template:
// components/settle.jinja.
import { isComputer } from "../../platform/device.js";
import { reportFailure } from "../../platform/reopening.js";
import { size } from "../../platform/dates.js";
import { say, toast } from "../../platform/dom.js";
import { obstacle } from "../../platform/keeping.js";
import { hasEntries, recall, remember } from "../../platform/storage.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { readQueue } from "../../downloads/queue.js";
import { problemWords, stateIn, stateWords } from "../../downloads/texts.js";
import { recallChosen, rememberChosen, shownOf } from "./chosen.js";
import { savedAmong, wantedFor } from "./chosen-files.js";

/** @import { FieldVersion } from "../../data/entry-view.js" */
/** @import { Choices } from "./chosen-entry.js" */
/** @import { ChosenEditor } from "./chosen-editor.js" */
/** @import { Sound } from "../../downloads/library.js" */

/** @typedef {typeof import("../../downloads/manager.js").downloads} Downloads */

/** In localStorage while an earlier version of the app was saving these recordings. Phones may still have it. */
const UNFINISHED = "keep-chosen";

export class SettleView {
  #root;
  #signal;
  /** Slugs of all recordings. @type {string[]} */
  #known;
  /** Slugs of the recordings that come with the page. @type {string[]} */
  #usual;
  /** @type {string[]} */
  #chosen = [];
  /** @type {Promise<Choices> | undefined} */
  #opening;
  /** @type {ChosenEditor | undefined} */
  #editor;
  /** The files of the recordings that are shown. @type {Sound[]} */
  #wanted = [];
  /** Those that are not saved on this phone. @type {Sound[]} */
  #missing = [];
  /** Loaded only when something is to be saved. @type {Downloads | undefined} */
  #downloads;
  /** Whether recordings can be saved here. */
  #canSave = false;
  /** The kind of the last announcement about saving: "saving" or another state, "problem" or "". */
  #announced = "";

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#signal = signal;
    this.#known = this.#templates().map(({ dataset }) => dataset.recording ?? "");
    this.#usual = this.#rows().map(({ dataset }) => dataset.slug ?? "");
    this.#on("[data-edit]", () => this.#edit());
    this.#on("[data-done]", () => this.#finish());
    this.#on("[data-usual]", () => this.#backToUsual());
    this.#on("[data-keep]", () => this.#save());
    this.#on("[data-stop]", async () => this.#downloads?.pause(addressesOf(this.#missing)));
    document.addEventListener("recordings-changed", () => void this.mark(), { signal });
  }

  /** Show the remembered choice at once, then the choice that is stored in the vault. */
  async begin() {
    this.#show(recallChosen());
    this.#canSave = !(await obstacle());
    const marking = this.mark();
    const { state, problem } = readQueue();
    if (state === "going" || problem) await this.#follow();
    // This waits for the PIN, if there is one, perhaps for ever.
    if (hasEntries()) await this.#look();
    await marking;
    if (recall(UNFINISHED) === null) return;
    remember(UNFINISHED, null);
    if (this.#canSave && this.#missing.length) await this.#save();
  }

  /** Show the progress of downloads from now on. @returns {Promise<Downloads>} */
  async #follow() {
    const { downloads } = await import("../../downloads/manager.js");
    if (!this.#downloads) {
      this.#downloads = downloads;
      downloads.follow(() => this.#drawSaving(), this.#signal);
    }
    return downloads;
  }

  async #save() {
    (await this.#follow()).request(this.#missing);
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
    this.#opening ??= this.#load().catch((error) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #load() {
    const [{ Choices }, { vault }] = await Promise.all([
      import("./chosen-entry.js"),
      import("../../session/vault.js"),
    ]);
    const entries = await vault();
    // The reader may have left the page in the meantime.
    if (!this.#signal.aborted) {
      const stopFollowing = entries.onChange(({ source }) => {
        if (source !== "here") void this.#look();
      });
      this.#signal.addEventListener("abort", stopFollowing);
    }
    return new Choices();
  }

  /** @param {string[]} chosen */
  #show(chosen) {
    this.#chosen = chosen;
    const shown = this.#shown();
    const drawn = this.#rows().map(({ dataset }) => dataset.slug);
    if (JSON.stringify(drawn) === JSON.stringify(shown)) return;
    const rows = shown.flatMap((slug) => {
      const row = this.#template(slug)?.content.firstElementChild?.cloneNode(true);
      return row ? [row] : [];
    });
    this.#part("[data-chosen]").replaceChildren(...rows);
  }

  #shown() {
    return shownOf(this.#chosen, this.#known, this.#usual);
  }

  /** Show for each recording whether it is saved on this phone. */
  async mark() {
    try {
      const wanted = await wantedFor(this.#shown());
      const saved = await savedAmong(wanted);
      this.#wanted = wanted;
      this.#missing = wanted.filter(({ slug }) => !saved.has(slug));
      for (const row of this.#rows()) {
        const line = row.querySelector("[data-kept]");
        const isKnown = wanted.some(({ slug }) => slug === row.dataset.slug);
        if (!(line instanceof HTMLElement)) continue;
        line.hidden = !isKnown;
        const isSaved = saved.has(row.dataset.slug ?? "");
        line.toggleAttribute("data-is", isSaved);
        say(line, keptWords(isSaved));
      }
    } catch (error) {
      reportFailure("could not find out which recordings are saved", error);
    }
    this.#drawSaving();
  }

  #drawSaving() {
    const isGoing = this.#downloads?.isSaving(addressesOf(this.#missing)) ?? false;
    const problem = isGoing ? "" : this.#problem();
    const amount = this.#amount();
    this.#part("[data-keeping]").hidden = !this.#canSave || !this.#missing.length;
    const progress = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    progress.hidden = !isGoing;
    progress.max = amount.size || 1;
    progress.value = amount.done;
    this.#part("[data-keep]").hidden = isGoing;
    this.#part("[data-stop]").hidden = !isGoing;
    this.#part("[data-full]").hidden = problem !== "storage_full";
    const bytes = this.#missing.reduce((sum, sound) => sum + sound.bytes, 0);
    const words = ngettext(
      "Save this one so it plays offline (%(size)s)",
      "Save these %(num)s so they play offline (%(size)s)",
      this.#missing.length,
      { size: size(bytes) },
    );
    say(this.#part("[data-keep] span"), words);
    const state = stateIn(this.#downloads?.status?.phase ?? "looking");
    const line = isGoing ? stateWords(state, amount) : problemWords(problem);
    const status = this.#part("[data-said-keeping]");
    status.hidden = !line;
    say(status, line ?? "");
    this.#announceSaving(isGoing ? state : line ? "problem" : "", line);
  }

  /** Return the code of the error because of which one of the recordings isn't saved, or "". */
  #problem() {
    const problems = this.#missing.map(({ address }) => this.#downloads?.problemOf(address));
    return problems.find(Boolean) ?? "";
  }

  /** Return how much of the recordings is saved, in bytes. */
  #amount() {
    const tasks = this.#downloads?.status?.tasks ?? [];
    const savedOf = (/** @type {Sound} */ sound) => {
      if (!this.#missing.includes(sound)) return sound.bytes;
      return tasks.find((task) => task.sound.address === sound.address)?.bytes ?? 0;
    };
    return {
      done: this.#wanted.reduce((sum, sound) => sum + savedOf(sound), 0),
      size: this.#wanted.reduce((sum, sound) => sum + sound.bytes, 0),
    };
  }

  /**
   * Announce the state of saving when its kind changes, not each time that data arrives.
   * @param {string} kind
   * @param {string | null} line
   */
  #announceSaving(kind, line) {
    if (kind === this.#announced) return;
    // A pause says nothing: what was announced before is no longer true, and nothing is complete.
    const isSaved = !kind && !this.#missing.length;
    const words = isSaved ? stateWords("saved", { done: 0, size: 0 }) : line;
    this.#announced = kind || (isSaved ? "" : "paused");
    say(this.#part("[data-told-keeping]"), words ?? "");
  }

  async #edit() {
    const { ChosenEditor } = await import("./chosen-editor.js");
    this.#editor ??= new ChosenEditor(this.#part("[data-editor]"), {
      title: (slug) => this.#title(slug),
      offered: this.#templates().flatMap(({ dataset }) =>
        dataset.settles === undefined ? [] : [dataset.recording ?? ""],
      ),
      shown: () => this.#shown(),
      change: (slugs) => this.#change(slugs),
    });
    this.#editor.draw();
    this.#unfold(true);
    this.#part("[data-editor] h3").focus();
    // Open the vault now, so that the reader is told early if nothing can be stored.
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

  /** @param {string[]} slugs @returns {Promise<boolean>} whether the choice is stored */
  async #change(slugs) {
    const before = this.#chosen;
    this.#show(slugs);
    try {
      await (await this.#open()).write(slugs);
      rememberChosen(slugs);
      return true;
    } catch (error) {
      this.#show(before);
      const isTold = reportFailure("the chosen recordings were not stored", error);
      if (!isTold) toast(gettext("That couldn’t be saved on this phone. Nothing has changed."));
      return false;
    }
  }

  async #backToUsual() {
    const before = this.#chosen;
    const apply = async (/** @type {string[]} */ slugs) => {
      await this.#change(slugs);
      this.#editor?.draw();
    };
    await apply([]);
    toast(gettext("These are the three that come with this page."), {
      label: pgettext("button", "Undo"),
      act: () => apply(before),
    });
  }

  /** Show the choices of two phones that had not synced. @param {FieldVersion[]} versions newest first */
  async #showVersions(versions) {
    const place = this.#part("[data-versions]");
    if (versions.length < 2 && !place.querySelector(".versions")) return;
    const { showVersions } = await import("../../answers/versions.js");
    const texts = versions.map(({ value }) => this.#titlesOf(value));
    const valueOf = (/** @type {string} */ words) => versions[texts.indexOf(words)]?.value;
    const field = {
      name: "recordings",
      element: place,
      // This is not the type of a question, so there is no "Keep both" button.
      question: { type: "recordings", label: "" },
      read: () => null,
      show: () => {},
    };
    const shown = versions.map((version, at) => ({ ...version, value: texts[at] }));
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
  #titlesOf(value) {
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

  /** @returns {HTMLTemplateElement[]} one row for each recording */
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
        if (reportFailure("an action on the help page failed", error)) return;
        toast(gettext("That did not work. Nothing was lost."));
      });
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}

/** @param {Sound[]} sounds */
const addressesOf = (sounds) => sounds.map(({ address }) => address);

/** @param {boolean} isSaved */
function keptWords(isSaved) {
  if (isComputer()) {
    return isSaved ? gettext("Saved on this computer") : gettext("Not saved on this computer yet");
  }
  return isSaved ? gettext("Saved on this phone") : gettext("Not saved on this phone yet");
}
