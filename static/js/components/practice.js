// How somebody is, before and after listening. What shows and keeps the note is loaded when it is touched, or when one
// has been begun; until then this is two sliders and a line that do nothing.
import { detailOf, isAbout, listeningTo } from "../practice/listening.js";
import { pgettext } from "../lib/messages.js";
import { say } from "../lib/dom.js";

/** @import { NoteNow } from "../practice/now.js" */

/** Keys that choose the lowest place of a slider, where it stands already: nothing else tells. */
const LOWEST = ["Enter", " ", "Home", "PageDown", "ArrowDown"];

/** @type {import("../main.js").Start} */
export default async function start(root, signal) {
  const slug = root.dataset.recording ?? "";
  const first = new AbortController();
  /** @type {Map<HTMLInputElement, string>} */
  const touched = new Map();
  /** @type {Promise<NoteNow> | undefined} */
  let loading;

  async function load() {
    const { NoteNow } = await import("../practice/now.js");
    const note = new NoteNow(root, signal);
    await note.carryOn();
    first.abort();
    // What was moved meanwhile, as if it were moved now.
    for (const [one, value] of touched) {
      one.value = value;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await note.warmUp();
    return note;
  }
  const note = () => (loading ??= load());

  const touch = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLInputElement) touched.set(target, target.value);
    void note();
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const range = event.target instanceof Element && event.target.matches(".range");
    if (range && LOWEST.includes(event.key)) touch(event);
  };
  root.addEventListener("input", touch, { signal: first.signal });
  root.addEventListener("click", (event) => isRange(event.target) && touch(event), {
    signal: first.signal,
  });
  root.addEventListener("keydown", key, { signal: first.signal });
  root.addEventListener("pointerdown", () => void note(), { signal: first.signal });
  root.addEventListener("focusin", () => void note(), { signal: first.signal });

  // Moved or written before this was here.
  for (const input of root.querySelectorAll("input")) {
    if (input.value !== (input.type === "range" ? input.min : "")) {
      touched.set(input, input.value);
      void note();
    }
  }

  const offer = root.querySelector("[data-offer]");
  offer?.addEventListener("click", () => {
    showAfter(root);
    const input = root.querySelector("[data-after] input");
    if (input instanceof HTMLElement) input.focus();
  });
  document.addEventListener(
    "recording-ended",
    (event) => {
      if (detailOf(event).slug !== slug) return;
      showAfter(root);
      const asked = root.querySelector("[data-asked]");
      if (asked) say(asked, pgettext("after a recording", "If you like: how are you now?"));
    },
    { signal },
  );
  const follow = async () => {
    const listening = listeningTo(slug);
    if (listening?.ended || listening?.done) showAfter(root);
    if (listening?.id || loading) await (await note()).carryOn();
  };
  document.addEventListener("recording-started", () => void follow(), { signal });
  addEventListener("storage", (event) => isAbout(event) && void follow(), { signal });
  await follow();
}

/** @param {EventTarget | null} target */
const isRange = (target) => target instanceof Element && target.matches(".range");

/** @param {HTMLElement} root */
function showAfter(root) {
  const [after, offer] = [root.querySelector("[data-after]"), root.querySelector("[data-offer]")];
  if (after instanceof HTMLElement) after.hidden = false;
  if (offer instanceof HTMLElement) offer.hidden = true;
}
