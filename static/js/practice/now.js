/** The practice note on a recording's page: one for each time of listening, however often the page is left. */
import { toast } from "../lib/dom.js";
import { gettext } from "../lib/messages.js";
import { isNothing } from "../worksheet/values.js";
import { ended, forget, listeningTo, noted } from "./listening.js";
import { PracticeNote } from "./note.js";

/** @import { Listening } from "./listening.js" */

export class NoteNow {
  #root;
  #slug;
  #note;
  /** What is remembered of this listening, as text. */
  #known = "";
  /** As it was when its note was removed. @type {Listening | undefined} */
  #removed;

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#slug = root.dataset.recording ?? "";
    this.#note = new PracticeNote(root, signal, {
      heard: () => ({ recording: this.#slug, version: this.#version() }),
      title: () => root.dataset.title ?? "",
      changed: () => this.#draw(),
      left: () => this.#left(),
      back: (id) => this.#back(id),
    });
    this.#on("[data-remove]", () => this.#note.remove());
    this.#on("[data-anew]", () => this.#anew());
  }

  /** Shows the note that this listening has already; a note that isn't there any more is forgotten. */
  async carryOn() {
    const { id, version } = listeningTo(this.#slug) ?? {};
    // Another time of listening has begun.
    if (!id) return this.#note.id ? this.#startAnew() : undefined;
    if (id !== this.#note.id && this.#note.unsaved) return;
    try {
      if (id !== this.#note.id) await this.#note.open(id);
      if (version) this.#note.learn("version", version);
    } catch (error) {
      console.error("the practice note could not be opened", error);
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
  }

  /** @param {string} id @param {boolean} done @param {number} changed */
  #remember(id, done, changed) {
    const known = `${id} ${done} ${changed}`;
    if (known === this.#known) return;
    const last = listeningTo(this.#slug);
    // Looking at a note again doesn't make it newer.
    const isOld = !this.#known && last?.id === id && Boolean(last.done) === done;
    this.#known = known;
    if (!isOld) noted(this.#slug, { id, done });
  }

  async #startAnew() {
    if (!(await this.#note.startAnew())) return;
    // After the last words of the note before, which were remembered once more.
    forget(this.#slug);
    this.#known = "";
  }

  async #anew() {
    await this.#startAnew();
    this.#root.querySelector("input")?.focus();
  }

  #left() {
    const listening = listeningTo(this.#slug);
    if (!listening?.id) return;
    this.#removed = listening;
    forget(this.#slug);
    this.#known = "";
    this.#draw();
    if (!document.querySelector(".toast")) toast(gettext("This note was deleted."));
  }

  /** @param {string} id */
  async #back(id) {
    const { done = false, ended: isEnded, version } = this.#removed ?? {};
    noted(this.#slug, { id, done });
    if (isEnded) ended({ slug: this.#slug, version });
    await this.carryOn();
  }

  /** @param {string} selector @param {() => Promise<void>} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", () => {
      act().catch((error) => console.error("the practice note did not do that", error));
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}
