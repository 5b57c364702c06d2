// "Do it now": one tap begins a short exercise at once and shows its page.
import { say } from "../lib/dom.js";
import { ngettext } from "../lib/messages.js";
import { isPlain } from "../navigation/links.js";
import { recall } from "../player/memory.js";

/** @type {import("../main.js").Start} */
export default function start(part) {
  offerLast(part);
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

/** What a tap needs is on its way while the finger is still down. */
function warmUp() {
  void Promise.all(parts()).catch(() => {});
}

function parts() {
  return /** @type {const} */ ([
    import("../player/listening.js"),
    import("../navigation/navigation.js"),
    import("./player.js"),
  ]);
}

/** @param {HTMLAnchorElement} link */
async function begin(link) {
  // At once, while it is still the tap that asks: Safari lets this element play from then on.
  const audio = document.createElement("audio");
  audio.load();
  const [{ listening }, { go }] = await Promise.all(parts());
  const session = listening(audio);
  const { recording: slug = "", version = "" } = link.dataset;
  session.next = { slug, version };
  await go(link.href);
  // Its page didn't come here: it must not begin at a later visit by itself.
  session.next = null;
}

/** What was listened to last, where it was a short exercise. @param {HTMLElement} part */
function offerLast(part) {
  const { last } = recall();
  const link = part.querySelector("a.go");
  if (last?.version !== "short" || !(link instanceof HTMLAnchorElement)) return;
  const known = part.querySelector(`template[data-recording="${CSS.escape(last.slug)}"]`);
  if (!(known instanceof HTMLTemplateElement) || link.dataset.recording === last.slug) return;
  link.href = `${link.dataset.shelf}${last.slug}#short`;
  link.dataset.recording = last.slug;
  const [purpose, title] = [link.querySelector("b"), link.querySelector("small")];
  const minutes = Number(known.dataset.minutes);
  if (purpose)
    say(purpose, ngettext("Settle for %(num)s minute", "Settle for %(num)s minutes", minutes));
  title?.replaceChildren(known.content.cloneNode(true));
}
