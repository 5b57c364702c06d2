/** The practice note on a recording's page. A listening session has one note, even if the reader leaves the page. */
import { reportFailure } from "../../platform/reopening.js";
import { toast } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { isNothing } from "../../answers/values.js";
import { ended, forget, listeningTo, noted } from "./listening-session.js";
import { NoteForm } from "./note-form.js";

/** @import { Listening } from "./listening-session.js" */

export class NoteAtRecording {
  #root;
  #slug;
  #note;
  /** What was last remembered of this note, as text. */
  #known = "";
  /** The listening session as it was when its note was deleted. @type {Listening | undefined} */
  #removed;

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#slug = root.dataset.recording ?? "";
    this.#note = new NoteForm(root, signal, {
      heard: () => ({ recording: this.#slug, version: this.#version() }),
      title: () => root.dataset.title ?? "",
      changed: () => this.#draw(),
      left: () => this.#onDeleted(),
      back: (id) => this.#onRestored(id),
    });
    this.#on("[data-remove]", () => this.#note.remove());
    this.#on("[data-anew]", () => this.#startAnewByButton());
  }

  /** Show the note of the present listening session. Forget the note if it can't be opened. */
  async carryOn() {
    const { id, version } = listeningTo(this.#slug) ?? {};
    // A new listening session has begun.
    if (!id) return this.#note.id ? this.#startAnew() : undefined;
    if (id !== this.#note.id && this.#note.unsaved) return;
    try {
      if (id !== this.#note.id) await this.#note.open(id);
      if (version) this.#note.learn("version", version);
    } catch (error) {
      reportFailure("the practice note could not be opened", error);
      forget(this.#slug);
    }
  }

  warmUp() {
    return this.#note.warmUp();
  }

  #version() {
    const chosen = document.querySelector("input[name=version]:checked");
    const heard = listeningTo(this.#slug)?.version;
    return heard ?? (chosen instanceof HTMLInputElement ? chosen.value : "");
  }

  #draw() {
    const { entry, id } = this.#note;
    const done = !isNothing(this.#note.read("after"));
    if (entry) this.#remember(id, done, entry.changed);
    const tools = this.#part("[data-note-tools]");
    tools.hidden = !entry;
    this.#part("[data-anew]").hidden = !done;
    const link = this.#part("a[data-open]");
    link.setAttribute("href", `${link.dataset.open}#e=${id}`);
    this.#root.toggleAttribute("data-begun", this.#note.isGiven);
    const [before, after] = ["before", "after"].map((name) => this.#note.read(name));
    const detail = { id: entry ? id : "", before, after };
    this.#root.dispatchEvent(new CustomEvent("practice-note", { detail }));
  }

  /** @param {string} id @param {boolean} done @param {number} changed */
  #remember(id, done, changed) {
    const known = `${id} ${done} ${changed}`;
    if (known === this.#known) return;
    const last = listeningTo(this.#slug);
    // Opening a note again is not a change, so it must not prolong the session.
    const isOld = !this.#known && last?.id === id && Boolean(last.done) === done;
    this.#known = known;
    if (!isOld) noted(this.#slug, { id, done });
  }

  async #startAnew() {
    if (!(await this.#note.startAnew())) return;
    // Forget the session only now: storing the last words of the earlier note has remembered it again.
    forget(this.#slug);
    this.#known = "";
  }

  async #startAnewByButton() {
    await this.#startAnew();
    this.#root.querySelector("input")?.focus();
  }

  #onDeleted() {
    const listening = listeningTo(this.#slug);
    if (!listening?.id) return;
    this.#removed = listening;
    forget(this.#slug);
    this.#known = "";
    this.#draw();
    if (!document.querySelector(".toast")) toast(gettext("This note was deleted."));
  }

  /** @param {string} id */
  async #onRestored(id) {
    const { done = false, ended: isEnded, version } = this.#removed ?? {};
    noted(this.#slug, { id, done });
    if (isEnded) ended({ slug: this.#slug, version });
    await this.carryOn();
  }

  /** @param {string} selector @param {() => Promise<void>} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", () => {
      act().catch((error) => reportFailure("an action on the practice note failed", error));
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}
