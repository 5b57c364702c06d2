// The editor of "My people": the list, in which people are put in order, changed and removed, and the form for one of them.
// Every control is a button or a field, so that touch, keyboard and screen reader work in the same way.
import { h, say, toast } from "../../platform/dom.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { gettext, number as inDigits, pgettext } from "../../platform/i18n.js";
import { reportFailure } from "../../platform/reopening.js";
import { recall } from "../../platform/storage.js";
import { moved } from "./chosen.js";
import { orderKey, orderKeys } from "./order-keys.js";
import { isCopied, keepCopy, removeCopy } from "./people-copy.js";
import { readNumber } from "./phone-number.js";

/** @import { People, Person } from "./people-entries.js" */
/** @import { NumberFault } from "./phone-number.js" */

const WORDS = "person-words";
const NUMBER = "person-number";

/**
 * What the editor needs from the page.
 * @typedef {object} Page
 * @property {() => Promise<void>} changed reads the people again and draws them, here too
 * @property {(isFirst: boolean) => void} close
 */

export class PeopleEditor {
  #root;
  #people;
  #page;
  /** @type {Person[]} */
  #shown = [];
  /** Whose form is open; undefined for somebody new. @type {Person | undefined} */
  #edited;
  /** Whether the form was opened without the list, because nobody is in it yet. */
  #isFirst = false;

  /** @param {HTMLElement} root @param {People} people @param {Page} page */
  constructor(root, people, page) {
    this.#root = root;
    this.#people = people;
    this.#page = page;
    this.#on("[data-more]", () => this.#fill(undefined));
    this.#on("[data-done]", () => this.#page.close(false));
    this.#on("[data-cancel]", () => this.#leave());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#save();
    });
    const open = this.#field("person-locked");
    open.addEventListener("change", () => {
      if (open.checked) keepCopy(this.#shown);
      else removeCopy();
    });
  }

  /** Show the form for the first one. */
  add() {
    this.#isFirst = true;
    this.#fill(undefined);
  }

  /** Show the list. */
  list() {
    this.#isFirst = false;
    this.#edited = undefined;
    this.#show("list");
    this.#part("h3").focus();
  }

  /** @param {Person[]} people */
  draw(people) {
    this.#shown = people;
    this.#part("[data-order]").replaceChildren(
      ...people.map((person, at) => this.#row(person, at)),
    );
    // Without a lock, everybody who opens this page sees them anyway.
    this.#part("[data-locked]").hidden = recall("lock") === null && !isCopied();
    this.#field("person-locked").checked = isCopied();
  }

  /** @param {Person} person @param {number} at */
  #row(person, at) {
    const { id, words } = person;
    const change = pgettext("accessible name of a button; a name follows", "Change: %(name)s", {
      name: words,
    });
    const place = { isFirst: at === 0, isLast: at === this.#shown.length - 1 };
    const keys = orderKeys(words, place, {
      move: (by) => this.#move(id, by),
      remove: () => this.#remove(person),
    });
    return h(
      "li",
      { class: "row", "data-id": id },
      h("span", { class: "text" }, h("span", { dir: "auto", text: words })),
      h(
        "span",
        { class: "end" },
        orderKey("pencil", change, () => this.#fill(person)),
        ...keys,
      ),
    );
  }

  /** Show the form. @param {Person | undefined} person */
  #fill(person) {
    this.#edited = person;
    clearFaults(this.#form);
    this.#field(WORDS).value = person?.words ?? "";
    this.#field(NUMBER).value = person?.numbers[0] ?? "";
    this.#show("form");
    this.#field(WORDS).focus();
  }

  async #save() {
    clearFaults(this.#form);
    const words = this.#field(WORDS).value.trim();
    const read = readNumber(this.#field(NUMBER).value);
    const faults = [
      ...(words
        ? []
        : [{ text: gettext("Say who this is: a name, or a word of your own."), field: WORDS }]),
      ...("fault" in read ? [{ text: faultWords(read.fault), field: NUMBER }] : []),
    ];
    if (faults.length || "fault" in read) return showFaults(this.#form, faults);
    const before = this.#edited;
    const isStored = await this.#try(async () => {
      if (before) await this.#people.change(before.id, words, read.number);
      else await this.#people.add(words, read.number);
    });
    if (isStored) this.#leave();
  }

  /** Go from the form to where the reader came from. */
  #leave() {
    const isFirst = this.#isFirst;
    const { id } = this.#edited ?? {};
    if (isFirst) return this.#page.close(true);
    this.list();
    if (id) this.#focus(id, "pencil");
  }

  /** @param {string} id @param {-1 | 1} by */
  async #move(id, by) {
    const ids = this.#shown.map((person) => person.id);
    const isStored = await this.#try(() => this.#people.arrange(moved(ids, id, by)));
    this.#focus(id, by < 0 ? "up" : "down");
    if (!isStored) return;
    const at = this.#shown.findIndex((person) => person.id === id);
    const place = { title: this.#shown[at]?.words ?? "", num: inDigits(at + 1) };
    say(this.#part("[data-told]"), gettext("%(title)s is now number %(num)s.", place));
  }

  /** @param {Person} person */
  async #remove(person) {
    /** @type {() => Promise<unknown>} */
    let undo = async () => {};
    if (!(await this.#try(async () => (undo = await this.#people.remove(person.id))))) return;
    this.#part("h3").focus();
    const act = async () => {
      await this.#try(undo);
      this.#focus(person.id, "minus");
    };
    // Translators: a short message; a name or a title follows
    const taken = gettext("Removed: %(title)s", { title: person.words });
    toast(taken, { label: pgettext("button", "Undo"), act });
  }

  /** Store something and draw what is stored. Say so if it failed. @param {() => Promise<unknown>} store */
  async #try(store) {
    try {
      await store();
      await this.#page.changed();
      return true;
    } catch (error) {
      const isTold = reportFailure("the people on Help were not stored", error);
      if (!isTold) toast(gettext("That couldn’t be saved on this phone. Nothing has changed."));
      return false;
    }
  }

  /** @param {"list" | "form"} name */
  #show(name) {
    this.#part("[data-list]").hidden = name !== "list";
    this.#form.hidden = name !== "form";
  }

  /** Move the focus to a button of somebody: `act` if it is enabled. @param {string} id @param {string} act */
  #focus(id, act) {
    const row = this.#part(`[data-id="${CSS.escape(id)}"]`);
    const wanted = row?.querySelector(`[data-act="${act}"]:not(:disabled)`);
    const button = wanted ?? row?.querySelector("button:not(:disabled)");
    if (button instanceof HTMLElement) button.focus();
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.#part("form"));
  }

  /** @param {string} id @returns {HTMLInputElement} */
  #field(id) {
    return /** @type {HTMLInputElement} */ (this.#part(`#${id}`));
  }

  /** @param {string} selector @param {() => void} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", act);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}

/** @param {NumberFault} fault */
function faultWords(fault) {
  switch (fault) {
    case "missing":
      return gettext("Type a phone number.");
    case "letters":
      return gettext("A phone number has only digits and spaces, and perhaps a + at the start.");
    case "short":
      return gettext("This number is too short. Check it again.");
    case "long":
      return gettext("This number is too long. Check it again.");
  }
}
