// Week by week: "I am here" marks a week, which home then shows as this week. A second tap removes the mark.
import { say } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { rememberWeek, recallWeek } from "./chosen-week.js";

/** @type {import("../../platform/page.js").Start} */
export default function start(programme) {
  const weeks = /** @type {NodeListOf<HTMLElement>} */ (programme.querySelectorAll("[data-week]"));
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
    week.querySelector("[data-choose]")?.addEventListener("click", () => {
      const number = Number(week.dataset.week);
      const isChosen = recallWeek() !== number;
      rememberWeek(isChosen ? number : 0, week.querySelectorAll("li").length);
      show();
      const text = isChosen
        ? gettext("This week is on your home page now.")
        : gettext("No week is marked now.");
      if (status) say(status, text);
    });
  }
  show();
}
