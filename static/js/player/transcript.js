// The words that follow the voice. Cue n of the captions is phrase n of the script, in every
// language, so the words follow an English voice in the reader's own language too.

/**
 * Make the phrases of one version follow the captions of the sound that plays.
 * @param {HTMLElement} words the [data-words] of that version
 * @param {HTMLTrackElement} track
 * @param {() => Promise<void>} timed waits until the captions are here
 * @param {(seconds: number) => void} goTo
 */
export function follow(words, track, timed, goTo) {
  const phrases = buttons(words);
  /** @type {HTMLElement | undefined} */
  let current;

  /** @param {boolean} playing */
  function show(playing) {
    const { activeCues, cues } = track.track;
    const cue = activeCues?.[0];
    const index = cue ? Array.from(cues ?? []).indexOf(cue) : -1;
    // In a silence the last phrase stays lit: it says what the silence is for.
    if (index < 0 || phrases[index] === current) return;
    current?.classList.remove("now");
    current?.removeAttribute("aria-current");
    current = phrases[index];
    current?.classList.add("now");
    current?.setAttribute("aria-current", "true");
    if (current && playing) keepInView(current);
  }

  phrases.forEach((phrase, index) => {
    // Set, not added: another voice times the same phrases anew.
    phrase.onclick = async () => {
      await timed();
      const seconds = track.track.cues?.[index]?.startTime;
      if (seconds !== undefined) goTo(seconds);
    };
  });

  return {
    show,
    /** Nothing is being said any more. */
    clear() {
      current?.classList.remove("now");
      current?.removeAttribute("aria-current");
      current = undefined;
    },
  };
}

/** Phrases become buttons, so that a keyboard reaches them. @param {HTMLElement} words */
function buttons(words) {
  const found = words.querySelectorAll("[data-phrase]");
  return Array.from(found, (phrase) => {
    if (phrase instanceof HTMLButtonElement) return phrase;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.phrase = "";
    button.append(...phrase.childNodes);
    phrase.replaceWith(button);
    return button;
  });
}

/** Scroll gently, and only when the reader isn't elsewhere on the page. @param {HTMLElement} phrase */
function keepInView(phrase) {
  const words = phrase.parentElement?.getBoundingClientRect();
  const seen = words && words.top < innerHeight && words.bottom > 0;
  const { top, bottom } = phrase.getBoundingClientRect();
  if (!seen || (top > 80 && bottom < innerHeight * 0.7)) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  phrase.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
