// The eye in the header hides the page at once, in every tab. Back does not show the page again.
import { openChannel } from "../../platform/channel.js";
import { cover, uncover } from "../../platform/cover.js";
import { h } from "../../platform/dom.js";
import { mayLeave } from "../../platform/leaving.js";
import { remember } from "../../platform/storage.js";

/** If storing takes longer than this, the page is covered but not left. It usually takes far less. In ms. */
const STORING_TIMEOUT = 1500;
/** Three presses of Escape within this time hide the page. In ms. */
const PRESSES_TIME = 2000;

/** @type {import("../../platform/page.js").Start} */
export default function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const channel = openChannel("hearth-hide");
  const hide = () => void hideThis(link.href, link.dataset.title ?? "");
  const hideAll = () => {
    channel.postMessage("hide");
    hide();
  };
  channel.addEventListener("message", hide);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    hideAll();
  });
  /** @type {number[]} */
  let presses = [];
  // Listens in the capture phase, before anything on the page can stop the event.
  const press = (/** @type {KeyboardEvent} */ { key, timeStamp, repeat }) => {
    if (repeat) return;
    presses = key === "Escape" ? [...presses, timeStamp].slice(-3) : [];
    if (presses.length === 3 && timeStamp - presses[0] < PRESSES_TIME) hideAll();
  };
  document.addEventListener("keydown", press, true);
}

/**
 * Cover this tab's page, then leave it.
 * @param {string} href of the harmless page
 * @param {string} title a neutral one
 */
async function hideThis(href, title) {
  cover("hide");
  const titleBefore = document.title;
  document.title = title;
  for (const audio of document.querySelectorAll("audio")) audio.pause();
  // Forget this copy of the choice for the help page: it can be read without opening the vault
  // (features/help/chosen.js). The entry in the vault stays.
  remember("help-recordings", null);
  const timeout = new Promise((resolve) => setTimeout(() => resolve(false), STORING_TIMEOUT));
  // Leaving the document also discards its keys and everything that it has opened.
  if (await Promise.race([mayLeave(), timeout])) return leave(href);
  // Words that can't be stored exist on this page only, so the page stays, unseen.
  const comeBack = () => {
    overlay.remove();
    document.body.inert = false;
    document.title = titleBefore;
    uncover("hide");
  };
  const overlay = h(
    "div",
    { class: "hidden-page hidden-here" },
    h("button", { type: "button", onclick: comeBack }, title),
  );
  document.body.inert = true;
  // Not in the body, which is covered.
  document.documentElement.append(overlay);
  overlay.querySelector("button")?.focus();
}

/** @param {string} href */
function leave(href) {
  try {
    // theme.js reads this: in this tab, Back shows the harmless page until somebody opens the app again.
    sessionStorage.setItem("hidden", "1");
  } catch {
    // The browser refuses storage.
  }
  location.replace(href);
}
