// How the user feels before and after listening. The code that shows and stores the note is loaded when the user
// touches this part, or if a note was begun already. Until then, the two sliders and the text field have no script.
import { detailOf, isAbout, listeningTo } from "./listening-session.js";
import { pgettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { saveBeforeLeaving } from "../../platform/leaving.js";
import { once } from "../../platform/once.js";

/** @import { NoteAtRecording } from "./at-recording.js" */

/** Keys that choose a slider's lowest value. The slider is there already, so there is no `input` event. */
const LOWEST = ["Enter", " ", "Home", "PageDown", "ArrowDown"];

/** @type {import("../../platform/page.js").Start} */
export default async function start(root, signal) {
  const slug = root.dataset.recording ?? "";
  /** Ends the listeners that are needed only until the note is loaded. */
  const loaded = new AbortController();
  /** @type {Map<HTMLInputElement | HTMLTextAreaElement, string>} */
  const touched = new Map();
  /** @type {Promise<NoteAtRecording> | undefined} */
  let loading;
  const script = once(() => import("./at-recording.js"));

  async function load() {
    const { NoteAtRecording } = await script();
    const note = new NoteAtRecording(root, signal);
    await note.carryOn();
    loaded.abort();
    // Repeat the input that came before the note was loaded.
    for (const [input, value] of touched) {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await note.warmUp();
    return note;
  }
  const note = async () => {
    await script();
    return (loading ??= load());
  };
  const hasWords = () => [...touched.keys()].some(({ type, value }) => type !== "range" && value);
  // Until the note is loaded, the words are only on the screen.
  saveBeforeLeaving(async () => loaded.signal.aborted || !hasWords(), signal);

  const touch = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      touched.set(target, target.value);
    }
    void note();
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const range = event.target instanceof Element && event.target.matches(".range");
    if (range && LOWEST.includes(event.key)) touch(event);
  };
  root.addEventListener("input", touch, { signal: loaded.signal });
  root.addEventListener("click", (event) => isRange(event.target) && touch(event), {
    signal: loaded.signal,
  });
  root.addEventListener("keydown", key, { signal: loaded.signal });
  root.addEventListener("pointerdown", () => void note(), { signal: loaded.signal });
  root.addEventListener("focusin", () => void note(), { signal: loaded.signal });

  // The user may have moved a slider or written something before this script ran.
  const inputs = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (
    root.querySelectorAll("input, textarea")
  );
  for (const input of inputs) {
    if (input.value !== (input instanceof HTMLInputElement ? input.min : "")) {
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
      if (asked) say(asked, pgettext("after a recording", "If you like, say how you are now."));
      // Without it, the question is shown in its own place.
      import("./ending.js").then(({ showEnding }) => showEnding(root, signal)).catch(() => {});
    },
    { signal },
  );
  /** Show what belongs to the current listening: its note, and the "after" part once the recording has ended. */
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
