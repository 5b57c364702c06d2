// Shows how long the sleep timer still lets the sound play.
import { clock } from "../../platform/dates.js";
import { say } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { choose } from "./choices.js";

/** @param {Element} page @param {number} seconds until the sound stops; 0 if the timer is off */
export function showSleep(page, seconds) {
  const line = page.querySelector("[data-sleep-left]");
  if (!(line instanceof HTMLElement)) return;
  if (!seconds) choose(page, "sleep", "");
  line.hidden = !seconds;
  say(line, gettext("Stops in %(time)s", { time: clock(seconds) }));
}
