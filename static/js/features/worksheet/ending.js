// The end of a worksheet: the next step that was chosen, and where to go from here. Template: pages/worksheet.html.
import { readingPath } from "../../answers/address.js";
import { href, toast } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { reportFailure } from "../../platform/reopening.js";
import { once } from "../../platform/once.js";
import { vault } from "../../session/vault.js";

/** @import { Field } from "../../answers/fields.js" */

export class Ending {
  #part;
  #take;
  #id = "";
  #isShown = false;
  #brought = once(async () => {
    const { BroughtNotes } = await import("../../answers/brought.js");
    return new BroughtNotes(await vault());
  });

  /** @param {HTMLElement} sheet */
  constructor(sheet) {
    this.#part = /** @type {HTMLElement} */ (sheet.querySelector("[data-done]"));
    this.#take = /** @type {HTMLElement} */ (this.#part.querySelector("[data-take]"));
    this.#take.addEventListener("click", () => {
      this.#bring().catch((error) => {
        if (reportFailure("the note was not chosen for the appointment", error)) return;
        toast(gettext("That did not work. Nothing was lost."));
      });
    });
  }

  /** @param {Iterable<Field>} fields @param {string} id of the entry; empty before the first save */
  draw(fields, id) {
    const step = stepIn(fields);
    const card = /** @type {HTMLElement} */ (this.#part.querySelector("[data-chosen-step]"));
    card.hidden = !step;
    const words = card.querySelector("p");
    if (words && words.textContent !== step) words.textContent = step;
    this.#id = id;
    this.#part.querySelector("[data-read]")?.setAttribute("href", href(readingPath(id)));
    const wasShown = this.#isShown;
    this.#isShown = !this.#part.hidden && id !== "";
    if (this.#isShown && !wasShown) void this.#look();
  }

  /** Show whether the note is already chosen for the appointment. */
  async #look() {
    try {
      const chosen = await (await this.#brought()).look();
      this.#take.setAttribute("aria-pressed", String(chosen.has(this.#id)));
    } catch (error) {
      reportFailure("it is not known whether the note is chosen for the appointment", error);
    }
  }

  async #bring() {
    const isBrought = this.#take.getAttribute("aria-pressed") !== "true";
    await (await this.#brought()).bring(this.#id, isBrought);
    this.#take.setAttribute("aria-pressed", String(isBrought));
    toast(
      isBrought
        ? gettext("Chosen for your appointment.")
        : gettext("No longer chosen for your appointment."),
    );
  }
}

/** Return the words of the next step, or "". @param {Iterable<Field>} fields */
function stepIn(fields) {
  const field = [...fields].find(({ element }) => element.dataset.role === "step");
  return field ? firstWords(field.read()) : "";
}

/**
 * Return a text, or the first text of a repeated group.
 * @param {any} value
 * @returns {string}
 */
function firstWords(value) {
  if (typeof value === "string") return value.trim();
  const items = Array.isArray(value) ? value : [];
  const texts = items.flatMap((item) =>
    Object.entries(item).flatMap(([name, words]) =>
      name !== "_id" && typeof words === "string" && words.trim() ? [words.trim()] : [],
    ),
  );
  return texts[0] ?? "";
}
