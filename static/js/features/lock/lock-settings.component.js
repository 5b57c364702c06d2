// The settings of the lock: set it, change it, remove it, and choose after how long it asks again.
import { reportFailure } from "../../platform/reopening.js";
import { showFaults } from "../../platform/forms.js";
import { notify, onSubmit, TemplateViews } from "../../platform/template-views.js";
import { PinError } from "../../data/lock.js";
import { isPin, plainly, SHORTEST_PHRASE } from "../../data/wrapping.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { lockManager } from "../../session/lock-manager.js";
import { explainOn } from "../../session/trouble.js";
import { isObvious } from "./obvious.js";
import { peekButton, prepare } from "../../session/pin-field.js";

/** @import { View } from "../../platform/template-views.js" */
/** @import { LockState } from "../../data/lock.js" */
/** @import { Kind } from "../../data/wrapping.js" */

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  const views = new TemplateViews(page, signal);
  try {
    const state = await lockManager().lock.state();
    new ScreenContext(views).go(state.kind ? "on" : "off");
  } catch (error) {
    reportFailure("the state of the lock could not be read", error);
    explainOn(views.show("failed").element, error);
  }
}

class ScreenContext {
  /** @param {TemplateViews} views */
  constructor(views) {
    this.views = views;
  }

  /** @param {"off" | "on" | "change" | "remove"} name @param {string} [news] */
  async go(name, news) {
    const state = await lockManager().lock.state();
    const view = this.views.show(name, {
      back: () => this.go("on"),
      change: () => this.go("change"),
      remove: () => this.go("remove"),
      close: () => lockManager().closeAll(),
    });
    preparePins(view, state);
    showBackup(view, state);
    if (news) notify(view, news);
    if (name === "on") this.#listenToDelay(view, state);
    else onSubmit(view, () => this.#submit(name, view));
  }

  /** Show after how long the lock asks again, and store each change. @param {View} view @param {LockState} state */
  #listenToDelay(view, { after }) {
    for (const radio of radios(view, "after")) radio.checked = Number(radio.value) === after;
    view.find("form").addEventListener("change", async () => {
      await lockManager().setAfter(Number(chosen(view, "after")));
      notify(view, gettext("From now on it asks after that time."));
    });
  }

  /** Do what the form is for, and show what went wrong. @param {"off" | "change" | "remove"} name @param {View} view */
  async #submit(name, view) {
    const button = view.find("[type=submit]");
    const text = button.textContent ?? "";
    say(button, pgettext("button of the lock’s settings, while it works", "One moment…"));
    try {
      const fault = await this.#act(name, view);
      if (fault) showFaults(view.element, [fault]);
    } catch (error) {
      showFaults(view.element, [{ text: problemOf(error), field: fieldOf(error) }]);
    } finally {
      say(button, text);
    }
  }

  /**
   * Set, change or remove the lock. Return what is wrong with the input.
   * @param {"off" | "change" | "remove"} name
   * @param {View} view
   */
  async #act(name, view) {
    const kind = name === "remove" ? null : /** @type {Kind} */ (chosen(view, "kind"));
    const fault = kind && faultIn(view, kind);
    if (fault) return fault;
    if (name !== "off") await lockManager().lock.check(typed(view, "current"));
    if (kind) {
      const after = name === "off" ? Number(chosen(view, "after")) : undefined;
      await lockManager().set(typed(view, "pin"), { kind, after });
      await this.go(
        "on",
        name === "off" ? whenSet() : gettext("Changed. The old one opens nothing."),
      );
    } else {
      await lockManager().lock.remove();
      await lockManager().removed();
      await this.go("off", gettext("The lock is off."));
    }
  }
}

const whenSet = () =>
  gettext("The lock is set. Keep the PIN or passphrase where you will find it.");

/**
 * Set up the fields for PINs and passphrases, and show the parts for the chosen kind.
 * @param {View} view
 * @param {LockState} state
 */
function preparePins(view, { kind }) {
  /** @type {NodeListOf<HTMLElement>} */
  const places = view.element.querySelectorAll("[data-pin]");
  const inputs = Array.from(places, (place) => {
    const input = /** @type {HTMLInputElement} */ (place.querySelector("input"));
    prepare(input, kind === "phrase");
    place.append(peekButton([input]));
    return { input, isNew: place.dataset.pin === "new" };
  });
  const newInputs = inputs.filter(({ isNew }) => isNew).map(({ input }) => input);
  const show = () => {
    const isPhrase = chosen(view, "kind") === "phrase";
    for (const input of newInputs) prepare(input, isPhrase);
    for (const part of view.element.querySelectorAll("[data-kind]")) {
      const isWanted = (part.getAttribute("data-kind") === "phrase") === isPhrase;
      part.toggleAttribute("hidden", !isWanted);
    }
  };
  for (const radio of radios(view, "kind")) radio.addEventListener("change", show);
  if (newInputs.length) show();
}

/** Show the parts for people with backup, or for those without. @param {View} view @param {LockState} state */
function showBackup(view, { backup }) {
  for (const part of view.element.querySelectorAll("[data-backup]")) {
    part.toggleAttribute("hidden", (part.getAttribute("data-backup") === "on") !== backup);
  }
}

/** @param {View} view @param {Kind} kind */
function faultIn(view, kind) {
  const pin = typed(view, "pin");
  if (kind === "digits" && !isPin(pin)) {
    return { field: "pin", text: gettext("A PIN has six digits.") };
  }
  if (kind === "phrase" && plainly(pin).length < SHORTEST_PHRASE) {
    return { field: "pin", text: gettext("A passphrase has eight letters or more.") };
  }
  if (isObvious(pin)) {
    return { field: "pin", text: gettext("People would try this one first. Choose another.") };
  }
  if (plainly(pin) !== plainly(typed(view, "again"))) {
    return {
      field: "again",
      text: gettext("The two don’t match. Type the second one again."),
    };
  }
  return null;
}

/** @param {unknown} error */
function problemOf(error) {
  if (error instanceof PinError) {
    return error.code === "wrong_pin"
      ? gettext("That isn’t your current one. Nothing has changed.")
      : gettext("It is a little too soon for another try.");
  }
  reportFailure("the lock was not changed", error);
  return gettext("Something did not work. Your notes are safe on this phone. Try again later.");
}

/** Return the id of the field that an error is about. @param {unknown} error */
const fieldOf = (error) => (error instanceof PinError ? "current" : undefined);

/** @param {View} view @param {string} name @returns {NodeListOf<HTMLInputElement>} */
const radios = (view, name) => view.element.querySelectorAll(`input[name="${name}"]`);

/** @param {View} view @param {string} name */
const chosen = (view, name) => Array.from(radios(view, name)).find(({ checked }) => checked)?.value;

/** @param {View} view @param {string} id */
const typed = (view, id) => /** @type {HTMLInputElement} */ (view.find(`#${id}`)).value;
