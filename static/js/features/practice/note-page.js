/** The page of one practice note, to read, change, copy or delete it. Template: pages/practice.html. */
import { reportFailure } from "../../platform/reopening.js";
import { date, moment } from "../../platform/dates.js";
import { say } from "../../platform/dom.js";
import { codeOf } from "../../platform/errors.js";
import { gettext } from "../../platform/i18n.js";
import { explainOn } from "../../session/trouble.js";
import { readPlace } from "../../answers/address.js";
import { pastDay } from "../../answers/values.js";
import { NoteForm } from "./note-form.js";

/** @typedef {"loading" | "note" | "gone" | "failed"} View */

export class NotePage {
  #page;
  #note;

  /** @param {HTMLElement} page @param {AbortSignal} signal */
  constructor(page, signal) {
    this.#page = page;
    this.#note = new NoteForm(page, signal, {
      heard: () => ({ recording: "", version: "" }),
      title: () => this.#title(),
      changed: () => this.#draw(),
      left: () => this.#show("gone"),
      back: (id) => this.#open(id),
    });
    this.#on("[data-copy]", () => this.#note.copy());
    this.#on("[data-remove]", () => this.#remove());
    const path = location.pathname;
    const follow = () => void (location.pathname === path && this.look());
    addEventListener("hashchange", follow, { signal });
  }

  /** Open the note that the address names. */
  async look() {
    const { entry } = readPlace(location.hash);
    if (!entry) return this.#show("gone");
    if (entry !== this.#note.id) await this.#open(entry);
  }

  /** @param {string} id */
  async #open(id) {
    try {
      await this.#note.open(id);
      if (this.#note.entry?.kind !== "practice") throw new Error("not a practice note");
      this.#show("note");
    } catch (error) {
      reportFailure("the practice note could not be opened", error);
      const isRefused = codeOf(error).startsWith("storage_");
      this.#show(isRefused ? "failed" : "gone");
      if (isRefused) explainOn(this.#page.querySelector("[data-view=failed]"), error);
    }
  }

  async #remove() {
    await this.#note.remove();
    // The message with "Undo" is at the end of the page, so move the focus there.
    const undo = document.querySelector(".announcements button");
    if (undo instanceof HTMLElement) undo.focus();
  }

  #title() {
    return this.#template()?.content.textContent?.trim() ?? "";
  }

  /** @returns {HTMLTemplateElement | null} the title of the recording, marked if it is in English */
  #template() {
    const slug = this.#note.read("recording");
    /** @type {NodeListOf<HTMLTemplateElement>} */
    const templates = this.#page.querySelectorAll("template[data-recording]");
    const match = Array.from(templates).find(({ dataset }) => dataset.recording === slug);
    return match ?? this.#page.querySelector("template[data-recording='']");
  }

  #draw() {
    const { entry } = this.#note;
    const template = this.#template();
    if (!entry || !template) return;
    const title = this.#part("h1");
    if (title.textContent?.trim() !== this.#title()) {
      title.replaceChildren(template.content.cloneNode(true));
    }
    const listened = pastDay(this.#note.read("day"), Date.now());
    say(this.#part("[data-when]"), listened ? date(listened) : moment(new Date(entry.created)));
    const link = this.#part("[data-again]");
    const slug = template.dataset.recording ?? "";
    link.hidden = !slug;
    link.setAttribute("href", `${link.dataset.again}${slug}`);
  }

  /** @param {View} view */
  #show(view) {
    for (const part of this.#page.querySelectorAll("[data-view]")) {
      if (part instanceof HTMLElement) part.hidden = part.dataset.view !== view;
    }
    if (view === "gone") say(this.#part("h1"), gettext("This note is not on this phone."));
  }

  /** @param {string} selector @param {() => void | Promise<void>} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", async () => {
      try {
        await act();
      } catch (error) {
        reportFailure("an action on the practice note failed", error);
      }
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}
