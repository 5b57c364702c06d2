// The screen of a closed lock. It stands in place of a page that shows only the user's words. On a page that also shows
// other things, it is one line ([data-line]).
import { reportFailure } from "../../platform/reopening.js";
import { PHRASE, explain } from "../../session/problems.js";
import { PinError } from "../../data/lock.js";
import { fromWords } from "../../data/phrase.js";
import { details } from "../../platform/details.js";
import { h, href, say, toast } from "../../platform/dom.js";
import { ember } from "../../platform/drawings.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { lockManager } from "../../session/lock-manager.js";
import { isAskedAt } from "../../session/protected-pages.js";
import { pinField } from "../../session/pin-field.js";
import { Waiting } from "./waiting.js";

/** @import { LockState } from "../../data/lock.js" */

/** @type {import("../../platform/page.js").Start} */
export default async function start(element, signal) {
  if (element.hasAttribute("data-line")) return showLine(element);
  const state = await lockManager().lock.state();
  if (signal.aborted) return;
  const isPhrase = state.kind === "phrase";
  element.append(head(), form(state, isPhrase, signal), forgotten(state, isPhrase));
  if (!isAskedAt(location.pathname)) element.append(notNow());
  element.querySelector("input")?.focus({ preventScroll: true });
}

/** @param {HTMLElement} element */
function showLine(element) {
  const text = gettext("What you wrote is locked.");
  const open = pgettext("button beside “What you wrote is locked”", "Open the lock");
  element.append(
    h(
      "div",
      {},
      h("p", { text }),
      h("button", {
        type: "button",
        class: "link",
        text: open,
        onclick: () => lockManager().ask(),
      }),
    ),
  );
}

function head() {
  return h(
    "div",
    { class: "head" },
    ember(),
    h("h1", { text: gettext("Your notes are locked") }),
    h("p", {
      class: "lead",
      text: gettext("Reading, listening and Help stay open without this."),
    }),
  );
}

/** @param {LockState} state @param {boolean} isPhrase @param {AbortSignal} signal */
function form(state, isPhrase, signal) {
  const label = isPhrase
    ? pgettext("label of the field on the lock screen", "Your passphrase")
    : pgettext("label of the field on the lock screen", "Your PIN");
  const field = pinField({ id: "lock-pin", label, isPhrase });
  const message = h("p", { role: "alert", class: "lock-said", id: "lock-said" });
  const wait = h("p", { class: "small" });
  const text = pgettext("button on the lock screen", "Open");
  const button = h("button", { type: "submit", class: "nhsuk-button", text });
  const waiting = new Waiting(wait, button, signal, () => lockManager().lock.passTime());
  waiting.begin(state.wait);
  const open = async () => {
    if (waiting.isOn || !field.value) return field.focus();
    say(message, "");
    say(button, pgettext("button on the lock screen, while it works", "Opening…"));
    try {
      await lockManager().open(field.value);
    } catch (error) {
      field.input.setAttribute("aria-invalid", "true");
      field.input.setAttribute("aria-describedby", message.id);
      say(message, problemOf(error));
      if (error instanceof PinError) waiting.begin(error.wait);
      field.input.select();
      field.focus();
    } finally {
      say(button, text);
    }
  };
  return h(
    "form",
    { class: "stack", novalidate: true, onsubmit: once(open) },
    field.element,
    message,
    wait,
    h("div", { class: "buttons" }, button),
  );
}

/** @param {unknown} error */
function problemOf(error) {
  if (error instanceof PinError && error.code === "wrong_pin") {
    return gettext("That didn’t open it. Nothing is lost, and you can try again.");
  }
  if (error instanceof PinError) return gettext("It is a little too soon for another try.");
  reportFailure("the PIN could not be checked", error);
  return gettext(
    "Your notes could not be opened. Close this page and open it again. Nothing has been deleted.",
  );
}

/** @param {LockState} state @param {boolean} isPhrase */
function forgotten({ backup }, isPhrase) {
  const title = isPhrase
    ? gettext("I’ve forgotten my passphrase")
    : gettext("I’ve forgotten my PIN");
  return details(
    { title },
    h("p", {
      text: gettext(
        "Nobody can look it up, and the service can’t either. Try as often as you like: it erases nothing.",
      ),
    }),
    wordsForm(),
    h("p", {
      text: backup
        ? gettext(
            "You can also remove everything from this phone and bring your notes back from the backup, with the twelve words.",
          )
        : gettext(
            "Without the PIN and without the twelve words, nobody can open what is here. Then you can only remove everything and begin again.",
          ),
    }),
    h("p", {}, h("a", { href: href("settings/privacy#remove-everything"), text: removal() })),
  );
}

const removal = () => gettext("Remove everything from this phone");

function wordsForm() {
  const message = h("p", { role: "alert", class: "lock-said", id: `${PHRASE}-said` });
  const area = h("textarea", {
    id: PHRASE,
    class: "nhsuk-textarea",
    rows: 3,
    dir: "ltr",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": message.id,
  });
  const open = async () => {
    try {
      const isRight = await lockManager().lock.removeWith(await fromWords(area.value));
      if (!isRight) return void say(message, gettext("These words belong to another phone."));
      area.value = "";
      await lockManager().removed();
      toast(
        gettext(
          "Your notes are open, and the PIN has been removed. You can set a new one in Settings.",
        ),
      );
    } catch (error) {
      say(message, explain(/** @type {any} */ (error)).text);
    }
  };
  const label = gettext("The twelve words of your backup open it too, with no signal.");
  return h(
    "form",
    { class: "stack", novalidate: true, onsubmit: once(open) },
    h(
      "div",
      { class: "nhsuk-form-group" },
      h("label", { class: "nhsuk-label", for: PHRASE, text: label }),
      area,
    ),
    message,
    h(
      "div",
      { class: "buttons" },
      h("button", {
        type: "submit",
        class: "nhsuk-button nhsuk-button--secondary",
        text: gettext("Open with the words"),
      }),
    ),
  );
}

function notNow() {
  const text = pgettext("button", "Not now");
  const later = () => lockManager().later();
  return h(
    "div",
    { class: "buttons" },
    h("button", { type: "button", class: "nhsuk-button quiet", text, onclick: later }),
  );
}

/** Return a handler that runs `act` for one event at a time. @param {() => Promise<unknown> | unknown} act */
function once(act) {
  let isBusy = false;
  return async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      await act();
    } finally {
      isBusy = false;
    }
  };
}
