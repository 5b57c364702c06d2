// The choices of the listening mode: how much silence, a bell, a vibration, a still light. This phone remembers them.
import { remember } from "../../../audio/preferences.js";
import { locale, pgettext } from "../../../platform/i18n.js";

/** @typedef {import("../../../audio/listening.js").Listening} Listening */
/** @typedef {import("./ends.js").Ends} Ends */

/** The steps of the slider on either side of its middle. */
const STEPS = 3;

/** Return how much silence a place of the slider means: 0.5 to 2, and 1 in the middle. @param {number} step */
export function silenceOf(step) {
  return step < 0 ? 1 + step / (2 * STEPS) : 1 + step / STEPS;
}

/** Return the place of the slider. @param {number} silence */
export function stepOf(silence) {
  return Math.round((silence - 1) * (silence < 1 ? 2 * STEPS : STEPS));
}

/**
 * @param {HTMLElement} dialog
 * @param {Listening} session
 * @param {Ends} ends
 * @param {() => void} changed the light may move or must rest
 */
export function options(dialog, session, ends, changed) {
  const slider = field(dialog, "[data-silence]");
  const show = () => {
    const step = Number(slider.value);
    slider.style.setProperty("--at", String((step + STEPS) / (2 * STEPS)));
    slider.setAttribute("aria-valuetext", wordsOf(silenceOf(step)));
  };
  slider.value = String(stepOf(session.pace.silence));
  slider.addEventListener("input", show);
  slider.addEventListener("change", () => {
    remember({ silence: silenceOf(Number(slider.value)) });
    void session.pace.stretch();
  });
  show();
  for (const part of dialog.querySelectorAll(".mode-silence, .mode-choices")) {
    // Here, arrows and space belong to the control, not to the sound (audio/keys.js).
    part.addEventListener("keydown", (event) => event.stopPropagation());
  }
  const [bell, vibrates, still] = ["bell", "vibrates", "still"].map((name) =>
    field(dialog, `[name=${name}]`),
  );
  bell.checked = ends.hasBell;
  vibrates.checked = ends.vibrates;
  still.checked = ends.isStill;
  if (!("vibrate" in navigator)) vibrates.parentElement?.remove();
  for (const box of [bell, vibrates, still]) {
    box.addEventListener("change", () => {
      ends.choose({ [box.name]: box.checked });
      changed();
    });
  }
}

/** @param {number} silence */
function wordsOf(silence) {
  if (silence === 1) return pgettext("how much silence there is in a recording", "As recorded");
  return new Intl.NumberFormat(locale(), { style: "percent" }).format(silence);
}

/** @param {HTMLElement} dialog @param {string} selector @returns {HTMLInputElement} */
const field = (dialog, selector) =>
  /** @type {HTMLInputElement} */ (dialog.querySelector(selector));
