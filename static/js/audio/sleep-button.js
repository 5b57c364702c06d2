// A button that sets the sleep timer with one tap. Each further tap gives more time, and the last one switches it off.
import { spokenLength } from "../platform/dates.js";
import { say } from "../platform/dom.js";
import { gettext, npgettext } from "../platform/i18n.js";

/** @typedef {import("./listening.js").Listening} Listening */

/** In minutes. */
const STEPS = [5, 10, 20];

/**
 * Return the minutes that the next tap sets.
 * @param {number} left on the timer, in seconds; 0 if it is off
 * @returns {number} 0 to switch it off
 */
export function nextSleep(left) {
  if (!left) return STEPS[0];
  return STEPS.find((minutes) => minutes * 60 > left + 59) ?? 0;
}

/**
 * Let a button set the timer and show what is left.
 * @param {HTMLElement} button that may have a <span> for the time
 * @param {Listening} session
 * @param {AbortSignal} signal
 */
export function sleepButton(button, session, signal) {
  const span = button.querySelector("span");
  let shown = -1;
  const show = () => {
    const minutes = Math.ceil(session.sleepLeft / 60);
    if (minutes === shown) return;
    shown = minutes;
    button.toggleAttribute("data-sleep-on", minutes > 0);
    const words = minutes
      ? npgettext("sleep timer, at most 7 letters", "%(num)s min", "%(num)s min", minutes)
      : (button.dataset.off ?? "");
    if (span) say(span, words);
    const name = minutes
      ? gettext("Sleep timer: stops in %(time)s", { time: spokenLength(minutes * 60) })
      : gettext("Sleep timer: off");
    button.setAttribute("aria-label", name);
  };
  button.addEventListener("click", () => void session.sleep(nextSleep(session.sleepLeft)), {
    signal,
  });
  session.onChange((change) => change === "sleep" && show(), signal);
  show();
}
