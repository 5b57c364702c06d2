// Privacy settings: covering the screen while the app is in the background, only titles in the list of notes, and the
// neutral name. The choices are stored on this phone. theme.js, platform/cover.js and notes/first-lines.js apply them.
import { recall, remember } from "../../platform/storage.js";

/** @type {import("../../platform/page.js").Start} */
export default function start(form) {
  const root = document.documentElement;
  const [cover, discreet, firstLines] = ["cover", "discreet", "first-lines"].map(
    (name) => /** @type {HTMLInputElement} */ (form.querySelector(`[name="${name}"]`)),
  );
  // The page is discreet without a choice on this phone, so the service has set it.
  const isAlways = root.dataset.discreet !== undefined && recall("discreet") === null;
  const isCovered = () => root.dataset.discreet !== undefined || recall("lock") !== null;
  const show = () => {
    discreet.checked = root.dataset.discreet !== undefined;
    discreet.disabled = isAlways;
    cover.checked = isCovered() || recall("cover") !== null;
    cover.disabled = isCovered();
  };
  /** @type {HTMLElement | null} */
  const always = form.querySelector("[data-always]");
  if (always) always.hidden = !isAlways;
  cover.addEventListener("change", () => remember("cover", cover.checked ? "1" : null));
  discreet.addEventListener("change", () => {
    remember("discreet", discreet.checked ? "1" : null);
    document.dispatchEvent(new Event("discreet-changed"));
    show();
  });
  firstLines.checked = recall("first-lines") !== null;
  firstLines.addEventListener("change", () =>
    remember("first-lines", firstLines.checked ? "hidden" : null),
  );
  show();
}
