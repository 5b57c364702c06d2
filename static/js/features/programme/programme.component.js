// Week by week: a week opens on a tap, and the reader's own week is open already. "This is my week" marks a week, which
// home then shows as this week. A second tap removes the mark.
import { say } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { rememberWeek, recallWeek } from "./chosen-week.js";

/** @type {import("../../platform/page.js").Start} */
export default function start(programme, signal) {
  const weeks = /** @type {NodeListOf<HTMLDetailsElement>} */ (
    programme.querySelectorAll("[data-week]")
  );
  const status = programme.querySelector("[data-told]");
  const show = () => {
    const here = recallWeek();
    for (const week of weeks) {
      const isHere = Number(week.dataset.week) === here;
      week.toggleAttribute("data-is-here", isHere);
      week.querySelector("[data-choose]")?.setAttribute("aria-pressed", String(isHere));
      const mark = week.querySelector("[data-here]");
      if (mark instanceof HTMLElement) mark.hidden = !isHere;
    }
  };
  for (const week of weeks) {
    week.open ||= Number(week.dataset.week) === recallWeek();
    week.querySelector("[data-choose]")?.addEventListener("click", () => {
      const number = Number(week.dataset.week);
      const isChosen = recallWeek() !== number;
      const hasNext = number < weeks.length;
      rememberWeek(isChosen ? number : 0, week.querySelectorAll("li").length + (hasNext ? 1 : 0));
      show();
      const text = isChosen
        ? gettext("This week is on your home page now.")
        : gettext("No week is marked now.");
      if (status) say(status, text);
    });
  }
  show();
  addEventListener("hashchange", () => openNamed(weeks), { signal });
  openNamed(weeks);
}

/** Open the week that the address names after its #, and scroll to it. @param {NodeListOf<HTMLDetailsElement>} weeks */
function openNamed(weeks) {
  const named = Array.from(weeks).find(({ id }) => id === location.hash.slice(1));
  if (!named) return;
  named.open = true;
  named.scrollIntoView();
}
