// "Keep this on your home screen": shown until it is done, declined, or something is written.
import { isInstalled } from "../lib/install.js";

/** @type {import("../main.js").Start} */
export default function start(card) {
  const done = localStorage.getItem("install-card") === "declined" || isInstalled();
  if (done || localStorage.getItem("has-entries")) return;
  card.hidden = false;
  card.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    localStorage.setItem("install-card", "declined");
    card.remove();
  });
}
