// The words of every version; those of the one that is played are shown.
import { Transcript } from "./transcript.js";

/**
 * @param {HTMLElement} page
 * @param {(phrase: number) => void} tapped
 * @param {AbortSignal} signal
 */
export function showWords(page, tapped, signal) {
  /** @type {Map<string, Transcript>} */
  const versions = new Map();
  /** @type {Transcript | undefined} */
  let shown;
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (
    page.querySelectorAll("[data-words]")
  )) {
    versions.set(box.dataset.words ?? "", new Transcript(box, tapped, signal));
    // From here on the script hides what isn't played.
    box.removeAttribute("data-later");
  }
  unfoldable(page);

  return {
    /** The phrase that is lit, or -1. */
    get current() {
      return shown?.current ?? -1;
    },
    /** Show the words of a version, unlit. @param {string} version */
    show(version) {
      const transcript = versions.get(version);
      if (!transcript) throw new Error(`the page has no words of "${version}"`);
      shown?.dim();
      shown = transcript;
      for (const { box } of versions.values()) box.hidden = box !== transcript.box;
      return transcript;
    },
    /** The listener went somewhere in the sound. */
    lookAgain() {
      shown?.lookAgain();
    },
    /** Nothing is being said any more. */
    dim() {
      shown?.dim();
    },
  };
}

/** The words scroll in a box beside the player; who would rather read them unfolds them. @param {HTMLElement} page */
function unfoldable(page) {
  const button = page.querySelector("[data-all-words]");
  if (!(button instanceof HTMLButtonElement)) return;
  const labels = [button.textContent ?? "", button.dataset.less ?? ""];
  button.addEventListener("click", () => {
    const unfolded = page.toggleAttribute("data-unfolded");
    button.setAttribute("aria-expanded", String(unfolded));
    button.textContent = labels[Number(unfolded)];
  });
}
