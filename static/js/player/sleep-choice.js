// The choice when to stop, and the line that says how long it still plays.
import { clock } from "../lib/dates.js";
import { say } from "../lib/dom.js";
import { gettext } from "../lib/messages.js";
import { choose } from "./choices.js";
import { sleepTimer } from "./sleep.js";

/** @param {Element} page @param {HTMLAudioElement} audio */
export function sleepChoice(page, audio) {
  const timer = sleepTimer(audio, { left: show, stopped: end });

  /** @param {number} seconds 0 when the timer is off */
  function show(seconds) {
    const line = page.querySelector("[data-sleep-left]");
    if (!(line instanceof HTMLElement)) return;
    line.hidden = !seconds;
    say(line, gettext("Stops in %(time)s", { time: clock(seconds) }));
  }

  function end() {
    timer.cancel();
    choose(page, "sleep", "");
    show(0);
  }

  return {
    /** @param {number} minutes 0 switches it off */
    set(minutes) {
      timer.set(minutes);
      show(minutes * 60);
    },
    end,
  };
}
