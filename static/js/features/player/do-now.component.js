// "Do it now": one tap starts a short exercise at once and shows its page, or resumes the one that was stopped.
import { say } from "../../platform/dom.js";
import { ngettext } from "../../platform/i18n.js";
import { isPlain } from "../../router/links.js";
import { recall } from "../../audio/preferences.js";
import { offerStopped } from "./stopped.js";

/** @type {import("../../platform/page.js").Start} */
export default function start(part) {
  offerLast(part);
  void offerStopped(part);
  for (const link of part.querySelectorAll("a[data-recording]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("pointerdown", warmUp, { once: true, passive: true });
    link.addEventListener("click", (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      begin(link).catch((error) => {
        console.info("the exercise was not begun at once", error);
        location.assign(link.href);
      });
    });
  }
}

/** While the finger is still down, load the modules that the tap will need. */
function warmUp() {
  void Promise.all(parts()).catch(() => {});
}

function parts() {
  return /** @type {const} */ ([
    import("../../audio/listening.js"),
    import("../../router/router.js"),
    import("./player.component.js"),
  ]);
}

/** @param {HTMLAnchorElement} link */
async function begin(link) {
  // Load the element before any `await`, as part of the tap: Safari then lets it play from now on.
  const audio = document.createElement("audio");
  audio.load();
  const [{ listening }, { go }] = await Promise.all(parts());
  const session = listening(audio);
  const { recording: slug = "", version = "", at } = link.dataset;
  session.next = { slug, version, at: Number(at ?? 0) };
  await go(link.href);
  // If the exercise's page was not shown, the exercise must not start by itself at a later visit.
  session.next = null;
}

/** Offer what was listened to last, if it was a short exercise. @param {HTMLElement} part */
function offerLast(part) {
  const { last } = recall();
  const link = part.querySelector("a.go");
  if (last?.version !== "short" || !(link instanceof HTMLAnchorElement)) return;
  const template = part.querySelector(`template[data-recording="${CSS.escape(last.slug)}"]`);
  if (!(template instanceof HTMLTemplateElement) || template.dataset.group !== "settle") return;
  if (!template.dataset.minutes || link.dataset.recording === last.slug) return;
  link.href = `${link.dataset.shelf}${last.slug}#short`;
  link.dataset.recording = last.slug;
  const [purpose, title] = [link.querySelector("b"), link.querySelector("small")];
  const minutes = Number(template.dataset.minutes);
  if (purpose)
    say(purpose, ngettext("Settle for %(num)s minute", "Settle for %(num)s minutes", minutes));
  const name = template.content.querySelector("span")?.cloneNode(true);
  if (name) title?.replaceChildren(name);
}
