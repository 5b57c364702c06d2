// The list of exercises, which shows how far each is saved.
import { details } from "../../platform/details.js";
import { h, icon, say } from "../../platform/dom.js";
import { languageName, pgettext } from "../../platform/i18n.js";
import { byExercise } from "../../downloads/overview.js";
import { exerciseWords } from "./texts.js";

/** @typedef {import("../../downloads/shared-status.js").Task} Task */

export class Exercises {
  /** @type {Map<string, {row: HTMLElement, small: HTMLElement, end: HTMLElement}>} */
  #rows = new Map();

  constructor() {
    this.list = h("ul", { class: "list kept" });
    const title = pgettext("list of exercises that are being saved", "Each exercise");
    this.element = details({ title }, this.list);
  }

  /**
   * Update the list. The rows stay as long as the exercises are the same; only their text changes.
   * @param {Task[]} tasks
   * @param {string} current address of the file that is being saved
   */
  show(tasks, current) {
    const groups = byExercise(tasks);
    const isSame = [...groups.keys()].join() === [...this.#rows.keys()].join();
    if (!isSame) this.#build(groups);
    for (const [key, files] of groups) {
      const { small, end } = /** @type {any} */ (this.#rows.get(key));
      const words = exerciseWords(files, current);
      // Write the text only when it changes: a screen reader may be reading it.
      if (small.textContent !== words) say(small, words);
      const isWhole = files.every(({ state }) => state === "saved");
      if (isWhole && !end.hasChildNodes()) end.append(icon("check"));
      else if (!isWhole) end.replaceChildren();
    }
  }

  /** @param {Map<string, Task[]>} groups */
  #build(groups) {
    this.#rows.clear();
    const languages = new Set(Array.from(groups.values(), ([{ sound }]) => sound.locale));
    for (const [key, [{ sound }]] of groups) {
      const name = h("b", { text: sound.title, dir: "auto", lang: sound.lang });
      const small = h("small");
      const end = h("span", { class: "end" });
      const language = languages.size > 1 ? h("small", { text: languageName(sound.locale) }) : "";
      const text = h("span", { class: "text" }, name, language, small);
      this.#rows.set(key, { row: h("li", {}, h("div", { class: "row" }, text, end)), small, end });
    }
    this.list.replaceChildren(...Array.from(this.#rows.values(), ({ row }) => row));
  }
}
