// The screen "Let us check the paper": the reader types two of the twelve words.
import { gettext, number } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { isWord, placesToAsk } from "./asked.js";
import { rememberWords } from "./checked.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { onSubmit } from "../../platform/views.js";

/** @import { Desk } from "./backup-settings.component.js" */

const FIELDS = ["word-first", "word-second"];

/** @param {Desk} desk */
export async function confirm(desk) {
  const twelve = await desk.backup.words();
  const places = placesToAsk(twelve.length);
  const view = desk.stage.show("confirm", {
    words: () => desk.go("words", { why: "new" }),
    skip: () => desk.go("on"),
  });
  const label = (/** @type {number} */ place) =>
    gettext("Word number %(num)s", { num: number(place + 1) });
  const inputs = FIELDS.map((id, index) => {
    say(view.find(`label[for="${id}"]`), label(places[index]));
    return /** @type {HTMLInputElement} */ (view.find(`#${id}`));
  });
  onSubmit(view, () => {
    clearFaults(view.element);
    const faults = inputs.flatMap(({ id, value }, index) =>
      isWord(value, twelve[places[index]]) ? [] : [{ field: id, text: wrong(places[index]) }],
    );
    if (faults.length) return showFaults(view.element, faults);
    rememberWords("checked");
    desk.go("on", { notice: gettext("That is right. Backup is on.") });
  });
}

/** @param {number} place */
const wrong = (place) =>
  gettext("That isn’t word number %(num)s. Look at your paper again.", { num: number(place + 1) });
