// "My people", on the help page: somebody's own contacts. Shows them as links that call. The vault and the editor are
// loaded only when they are needed. Template: components/people.jinja.
import { h, icon } from "../../platform/dom.js";
import { once } from "../../platform/once.js";
import { reportFailure } from "../../platform/reopening.js";
import { hasEntries } from "../../platform/storage.js";
import { isCopied, keepCopy, readCopy } from "./people-copy.js";
import { callable } from "./phone-number.js";

/** @import { Person } from "./people-entries.js" */
/** @import { PeopleEditor } from "./people-editor.js" */

/** @type {import("../../platform/page.js").Start} */
export default async function start(root, signal) {
  await new PeopleView(root, signal).begin();
}

class PeopleView {
  #root;
  #signal;
  /** Opens the vault. This waits for the PIN, if there is one, perhaps for ever. */
  #people = once(() => this.#follow());
  /** @type {PeopleEditor | undefined} */
  #editor;

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#signal = signal;
    for (const name of ["add", "edit"]) {
      this.#part(`[data-${name}]`).addEventListener("click", () => void this.#open(name));
    }
  }

  async begin() {
    // Show the copy at once, without the PIN.
    this.#draw(readCopy());
    if (hasEntries()) await this.#look();
  }

  async #follow() {
    const [{ People }, { vault }] = await Promise.all([
      import("./people-entries.js"),
      import("../../session/vault.js"),
    ]);
    const entries = await vault();
    // The reader may have left the page in the meantime.
    if (!this.#signal.aborted) {
      const stop = entries.onChange(({ source }) => {
        if (source !== "here") void this.#look();
      });
      this.#signal.addEventListener("abort", stop);
    }
    return new People();
  }

  async #look() {
    const people = await (await this.#people()).list();
    if (isCopied()) keepCopy(people);
    this.#draw(people);
    this.#editor?.draw(people);
  }

  /** Open the editor: its list, or the form for the first one. @param {string} part "edit" or "add" */
  async #open(part) {
    try {
      // Ask for the PIN now, even if the page waits for it already.
      await (await import("../../session/vault.js")).vault();
      const [{ PeopleEditor }, people] = await Promise.all([
        import("./people-editor.js"),
        this.#people(),
      ]);
      this.#editor ??= new PeopleEditor(this.#part("[data-editor]"), people, {
        changed: () => this.#look(),
        close: (isFirst) => this.#close(isFirst),
      });
      await this.#look();
    } catch (error) {
      reportFailure("the people on Help could not be opened", error);
      return;
    }
    this.#unfold(true);
    // Behind the lock, it wasn't known whether anybody is in the list.
    if (part === "edit" || this.#root.querySelector("[data-people] li")) this.#editor.list();
    else this.#editor.add();
  }

  /** @param {boolean} isFirst whether nobody was there before the editor was opened */
  #close(isFirst) {
    this.#unfold(false);
    const added = this.#root.querySelector("[data-people] a");
    const buttons = Array.from(this.#root.querySelectorAll("[data-add], [data-edit]"));
    const button = buttons.find((each) => each instanceof HTMLElement && !each.hidden);
    const target = (isFirst && added) || button;
    if (target instanceof HTMLElement) target.focus();
  }

  /** @param {boolean} isOpen */
  #unfold(isOpen) {
    this.#part("[data-editor]").hidden = !isOpen;
    this.#part("[data-view]").hidden = isOpen;
  }

  /** @param {Person[]} people */
  #draw(people) {
    this.#part("[data-people]").replaceChildren(...people.flatMap(rowsOf));
    this.#part("[data-nobody]").hidden = people.length > 0;
    this.#part("[data-add]").hidden = people.length > 0;
    this.#part("[data-edit]").hidden = !people.length;
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}

/** Return a row for each number of a person. @param {Person} person */
function rowsOf(person) {
  const name = () => h("span", { class: "who", dir: "auto", text: person.words });
  const rows = callable(person.numbers).map(({ number, tel }) =>
    h(
      "a",
      { class: "row", href: `tel:${tel}` },
      icon("phone"),
      h("span", { class: "text" }, name(), h("small", { dir: "ltr", text: number })),
    ),
  );
  // Another phone may have stored a number that can't be called. Who it is can still be read.
  const plain = h("span", { class: "row" }, h("span", { class: "text" }, name()));
  return (rows.length ? rows : [plain]).map((row) => h("li", {}, row));
}
