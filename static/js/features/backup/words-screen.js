// The screen with the twelve words. First it asks the reader to make sure that nobody else can see the screen. The
// words are in the page only while they are shown. They are removed when the reader hides them or leaves the page, and
// when the page goes into the background.
import { h } from "../../platform/dom.js";
import { draw, encode } from "../../platform/qr-code.js";

import { askForPin } from "./pin-screen.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */
/** @import { View } from "../../platform/template-views.js" */

/** @typedef {"new" | "show" | "other"} Why after turning on, to read again, or for another phone */

/**
 * Show the screen, with the words still covered.
 * @param {ScreenContext} context
 * @param {{why?: Why, isChecked?: boolean}} [options] `isChecked`: the reader has just typed the PIN
 */
export async function words(context, { why = "show", isChecked = false } = {}) {
  const view = context.views.show(
    "words",
    {
      reveal: () => ask(context, view, why),
      cover: () => cover(view, true),
      code: () => showCode(context, view),
      confirm: () => context.go("confirm"),
      skip: () => context.go("on"),
      back: () => context.go("on"),
    },
    why,
  );
  const leave = () => cover(view, false);
  const { signal } = view;
  addEventListener("pagehide", leave, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && leave(), { signal });
  if (isChecked) await reveal(context, view, why);
}

/** Ask for the PIN if there is one, then show the words. @param {ScreenContext} context @param {View} view @param {Why} why */
async function ask(context, view, why) {
  const { lock } = (await import("../../session/lock-manager.js")).lockManager();
  const { kind } = await lock.state();
  if (view.signal.aborted) return;
  if (!kind) return reveal(context, view, why);
  askForPin(context, {
    kind,
    lock,
    proceed: () => context.go("words", { why, isChecked: true }),
    back: () => context.go("words", { why }),
  });
}

/** Show the words. @param {ScreenContext} context @param {View} view @param {Why} why */
async function reveal(context, view, why) {
  const twelve = await context.backup.words();
  if (view.signal.aborted || document.hidden) return;
  const list = view.find("[data-words]");
  list.replaceChildren(...twelve.map((word) => h("li", {}, word)));
  view.find("[data-open]").hidden = false;
  view.find("[data-covered]").hidden = true;
  list.tabIndex = -1;
  list.focus();
  if (why !== "other") return;
  list.before(view.find("[data-code]"));
  await showCode(context, view);
}

/** Show the words as a QR code. @param {ScreenContext} context @param {View} view */
async function showCode(context, view) {
  const box = view.find("[data-qr]");
  const drawing = draw(await encode(await context.backup.words()), box.dataset.alt ?? "");
  // The words may have been covered again meanwhile.
  if (view.signal.aborted || view.find("[data-open]").hidden) return;
  box.replaceChildren(drawing);
  const part = view.find("[data-code]");
  setCode(view, true);
  part.scrollIntoView({ block: "nearest" });
  box.tabIndex = -1;
  box.focus();
}

/** Remove the words from the page. @param {View} view @param {boolean} focus whether to focus the button */
function cover(view, focus) {
  view.find("[data-words]").replaceChildren();
  view.find("[data-qr]").replaceChildren();
  setCode(view, false);
  view.find("[data-open]").hidden = true;
  view.find("[data-covered]").hidden = false;
  if (focus) view.find('[data-do="reveal"]').focus();
}

/** Show either the QR code or the button for it. @param {View} view @param {boolean} isShown */
function setCode(view, isShown) {
  view.find("[data-code]").hidden = !isShown;
  const button = view.element.querySelector('[data-do="code"]');
  if (button instanceof HTMLElement) button.hidden = isShown;
}
