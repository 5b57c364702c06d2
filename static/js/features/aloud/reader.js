// Reads the page aloud until the reader closes the bar or the page is gone.
import { oneSound } from "../../audio/one-sound.js";
import { stayAwake } from "../../platform/wake-lock.js";
import { showBar } from "./bar.js";
import { gather } from "./gather.js";
import { looks } from "./looks.js";
import { mannerOf } from "./manner.js";
import { Marks } from "./marks.js";
import { Reading } from "./reading.js";
import { Speech } from "./speech.js";

/** What a tap does something else with. */
const CONTROLS =
  "a, audio, button, input, label, select, summary, textarea, [role=button], [contenteditable]";
const IS_PHONE = "(hover: none) and (pointer: coarse)";

/** Ends what is being read. */
let ending = new AbortController();
/** @type {Speech | undefined} */
let speech;

/**
 * Read the page aloud from its beginning. Call this within a press: iPhones don't speak otherwise.
 * @param {HTMLTemplateElement} template of the bar
 */
export function readAloud(template) {
  ending.abort();
  ending = new AbortController();
  const main = document.querySelector("main");
  const { lang } = document.documentElement;
  const blocks = main ? gather(main, lang, looks) : [];
  if (!blocks.length) return;
  speech ??= new Speech(speechSynthesis);
  speech.stop();
  begin(blocks, speech, template, lang);
}

/**
 * @param {import("./gather.js").Block[]} blocks
 * @param {Speech} voice
 * @param {HTMLTemplateElement} template
 * @param {string} lang
 */
function begin(blocks, voice, template, lang) {
  const { signal } = ending;
  const close = () => ending.abort();
  const marks = new Marks();
  const reading = new Reading(blocks, voice, (tag) => mannerOf(speechSynthesis, tag, lang), {
    block: (block, isAsked) => marks.block(block, isAsked),
    word: (part, from, to) => marks.word(part, from, to),
    changed: () => changed(),
    ended: close,
    isThere: ({ element }) => isShown(element),
  });
  const showState = showBar(template, reading, close, signal);
  const pauseOthers = oneSound(reading.pause, signal);
  const changed = () => {
    showState();
    void stayAwake(reading.isPlaying, "aloud");
    if (reading.isPlaying) pauseOthers();
  };
  signal.addEventListener("abort", () => {
    reading.pause();
    marks.clear();
  });
  followPage(reading, close, signal);
  followTaps(reading, signal);
  followChoices(reading, signal);
  reading.play();
}

/** @param {Element} element */
function isShown(element) {
  return element.isConnected && (element.checkVisibility?.({ visibilityProperty: true }) ?? true);
}

/**
 * Pause when the page is out of sight, and end when its content is replaced: by another page, or by the lock.
 * @param {Reading} reading
 * @param {() => void} close
 * @param {AbortSignal} signal
 */
function followPage(reading, close, signal) {
  const main = document.querySelector("main");
  const [{ element }] = reading.blocks;
  const observer = new MutationObserver(() => {
    if (!element.isConnected) close();
    else if (document.documentElement.dataset.covered !== undefined) reading.pause();
  });
  observer.observe(document.documentElement, { attributeFilter: ["data-covered"] });
  for (const part of [document.body, main]) if (part) observer.observe(part, { childList: true });
  signal.addEventListener("abort", () => observer.disconnect());
  // Phones stop the voice without saying so. On a computer it may go on beside another window.
  const onHidden = () => void (document.hidden && matchMedia(IS_PHONE).matches && reading.pause());
  document.addEventListener("visibilitychange", onHidden, { signal });
  // Chromium would speak on over the next page.
  addEventListener("pagehide", close, { signal });
}

/** While it reads, a tap on a paragraph goes there. @param {Reading} reading @param {AbortSignal} signal */
function followTaps(reading, signal) {
  const onClick = (/** @type {MouseEvent} */ { target, defaultPrevented }) => {
    if (!reading.isPlaying || defaultPrevented || !(target instanceof Element)) return;
    const isSelecting = getSelection()?.isCollapsed === false;
    if (isSelecting || target.closest(CONTROLS)) return;
    for (
      let element = /** @type {Element | null} */ (target);
      element;
      element = element.parentElement
    ) {
      const at = reading.blocks.findIndex((block) => block.element === element);
      if (at >= 0) return reading.goTo(at);
    }
  };
  document.addEventListener("click", onClick, { signal });
}

/** Use another voice, speed, pitch or loudness at once. @param {Reading} reading @param {AbortSignal} signal */
function followChoices(reading, signal) {
  const { lang } = document.documentElement;
  const told = () => {
    const { voice, ...others } = mannerOf(speechSynthesis, lang, lang) ?? {};
    return JSON.stringify({ voice: voice?.voiceURI, ...others });
  };
  let before = told();
  const onChange = () => {
    if (told() === before) return;
    before = told();
    reading.again();
  };
  document.addEventListener("reading-changed", onChange, { signal });
}
