// Starts what a reader has chosen and a style sheet can't do. Only pages of readers who have chosen something load this.
import { reportFailure } from "./platform/reopening.js";
import { chosen, replace } from "./platform/reading-choices.js";
import { once } from "./platform/once.js";

/** @import { Choices } from "./platform/reading-choices.js" */

/** How earlier versions stored choices. @type {Record<string, Choices>} */
const EARLIER = {
  large: { "--size": "1.25" },
  larger: { "--size": "1.6", large: "on" },
  largest: { "--size": "2", large: "on" },
  wide: { "--leading": "2", "--letters": "0.06em", "--words": "0.16em" },
};
const AIDS = "[data-ruler], [data-mask], [data-magnifier], [data-focus]";

/**
 * Start the reading aids and the glossary when they are chosen, now or later.
 * @param {(name: string) => Promise<import("./platform/page.js").Start>} load loads a component and its words
 */
export function followChoices(load) {
  takeOver();
  const root = document.documentElement;
  const aids = once(async () => (await load("aids"))(root, new AbortController().signal));
  const glossary = once(async () =>
    (await import("./features/glossary/glossary.js")).followGlossary(),
  );
  const look = () => {
    paintFrame();
    const wanted = [];
    if (root.matches(AIDS)) wanted.push(aids);
    if (root.matches("[data-glossary]")) wanted.push(glossary);
    for (const start of wanted) {
      start().catch((error) => reportFailure("a choice for reading did not start", error));
    }
  };
  document.addEventListener("reading-changed", look);
  look();
}

/** Give the browser's own frame the colour of the paper, as it has without any choice. */
function paintFrame() {
  const root = document.documentElement;
  const isOwn = root.matches("[data-theme]");
  const paper = getComputedStyle(root).getPropertyValue("--paper").trim();
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    if (!(meta instanceof HTMLMetaElement)) continue;
    meta.dataset.usual ??= meta.content;
    meta.content = isOwn ? paper : meta.dataset.usual;
  }
}

/** Take over what an earlier version stored. */
function takeOver() {
  const { size = "", spacing = "", ...others } = chosen();
  if (size || spacing) replace({ ...others, ...EARLIER[size], ...EARLIER[spacing] });
}
