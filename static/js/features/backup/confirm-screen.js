// The screen "Let’s check what you wrote down": the reader types two of the twelve words.
import { gettext, number } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { isWord, placesToAsk } from "./asked.js";
import { rememberWords } from "./checked.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { onSubmit } from "../../platform/template-views.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */

const FIELDS = ["word-first", "word-second"];

/** @param {ScreenContext} context */
export async function confirm(context) {
  const twelve = await context.backup.words();
  const places = placesToAsk(twelve.length);
  const view = context.views.show("confirm", {
    words: () => context.go("words", { why: "new" }),
    skip: () => context.go("on"),
  });
  const label = (/** @type {number} */ place) =>
    gettext("Word number %(num)s", { num: number(place + 1) });
  const inputs = FIELDS.map((id, index) => {
    say(view.find(`label[for="${id}"]`), label(places[index]));
    return /** @type {HTMLInputElement} */ (view.find(`#${id}`));
  });
  onSubmit(view, () => {
    clearFaults(view.element);
    const faults = inputs.flatMap(({ id, value }, index) => {
      const place = places[index];
      if (isWord(value, twelve[place])) return [];
      return [{ field: id, text: value.trim() ? wrong(place) : missing(place) }];
    });
    if (faults.length) return showFaults(view.element, faults);
    rememberWords("checked");
    context.go("on", { notice: gettext("That is right. Backup is on.") });
  });
}

/** @param {number} place */
const wrong = (place) =>
  gettext("That isn’t word number %(num)s. Look at your paper again.", { num: number(place + 1) });

/** @param {number} place */
const missing = (place) =>
  gettext("Word number %(num)s isn’t filled in yet.", { num: number(place + 1) });
