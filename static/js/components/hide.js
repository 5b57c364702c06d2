// The eye in the header: the page goes at once, in every tab, and Back doesn't bring it up again.
import { cover, uncover } from "../lib/cover.js";
import { h } from "../lib/dom.js";
import { mayLeave } from "../lib/leaving.js";
import { remember } from "../lib/memory.js";
import { gettext, pgettext } from "../lib/messages.js";

/** Words are stored in far less, ms. */
const FLUSHING = 1500;
/** Three presses count when they come in this time, ms. */
const QUICKLY = 2000;

/** @type {import("../main.js").Start} */
export default function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const channel = new BroadcastChannel("hearth-hide");
  const hide = () => void hideThis(link.href, link.dataset.title ?? "");
  const hideAll = () => {
    channel.postMessage("hide");
    hide();
  };
  channel.onmessage = hide;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    hideAll();
  });
  /** @type {number[]} */
  let presses = [];
  // Before anything on the page can keep it to itself.
  const press = (/** @type {KeyboardEvent} */ { key, timeStamp, repeat }) => {
    if (repeat) return;
    presses = key === "Escape" ? [...presses, timeStamp].slice(-3) : [];
    if (presses.length === 3 && timeStamp - presses[0] < QUICKLY) hideAll();
  };
  document.addEventListener("keydown", press, true);
}

/** @param {string} href of the harmless page @param {string} title that tells nothing */
async function hideThis(href, title) {
  cover("hide");
  const before = document.title;
  document.title = title;
  for (const audio of document.querySelectorAll("audio")) audio.pause();
  // What was chosen for the help page lies open there (practice/chosen.js); the entry stays.
  remember("help-recordings", null);
  const late = new Promise((resolve) => setTimeout(() => resolve(false), FLUSHING));
  // With the document go its keys and whatever it had opened.
  if (await Promise.race([mayLeave(), late])) return leave(href);
  // Words that can't be stored are on this page only: it stays, unseen.
  const back = () => {
    here.remove();
    document.body.inert = false;
    document.title = before;
    uncover("hide");
  };
  const here = h(
    "div",
    { class: "hidden-page hidden-here" },
    h("p", { text: gettext("Ready when you are") }),
    h("button", {
      type: "button",
      class: "nhsuk-button nhsuk-button--secondary",
      text: pgettext("button on the page that hides everything", "Come back"),
      onclick: back,
    }),
  );
  document.body.inert = true;
  // Beside the body, of which nothing is seen.
  document.documentElement.append(here);
  here.querySelector("button")?.focus();
}

/** @param {string} href */
function leave(href) {
  try {
    // theme.js: Back, in this tab, comes to the harmless page until somebody opens the app again.
    sessionStorage.setItem("hidden", "1");
  } catch {
    // Refused.
  }
  location.replace(href);
}
