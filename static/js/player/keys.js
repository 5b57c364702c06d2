// The keyboard: space plays and pauses, arrows go 15 seconds; inside the player also k, j and l.

const SKIP = 15;

/**
 * Listens where nothing else has the keyboard, and inside the player. A letter works only inside:
 * elsewhere it may be a screen reader's or somebody's voice control (WCAG 2.1.4).
 * @param {HTMLElement} player
 * @param {{toggle: () => void, skip: (seconds: number) => void}} actions
 * @param {AbortSignal} signal
 * @param {{isSmall?: boolean}} [options] `isSmall`: the page is about something else, and space scrolls it
 */
export function playerKeys(player, { toggle, skip }, signal, { isSmall = false } = {}) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const on = document.activeElement;
    const isInside = player.contains(on);
    if (player.hidden || (!isInside && !isFree(on))) return;
    const isPressed = on instanceof HTMLButtonElement || on instanceof HTMLAnchorElement;
    const act = {
      // A button is pressed by the browser itself.
      " ": isPressed || (isSmall && !isInside) ? undefined : toggle,
      k: isInside ? toggle : undefined,
      j: isInside ? () => skip(-SKIP) : undefined,
      l: isInside ? () => skip(SKIP) : undefined,
      ArrowLeft: () => skip(-SKIP),
      ArrowRight: () => skip(SKIP),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", press, { signal });
}

/** Nothing has the keyboard, or the heading where a new page begins. @param {Element | null} on */
function isFree(on) {
  return on === document.body || on === null || on.matches("main, h1");
}
