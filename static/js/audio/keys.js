// Keyboard shortcuts of a player. Space plays and pauses; the left and right arrows skip 15 seconds. Inside the
// player, k also plays and pauses, and j and l also skip.

/** In seconds. */
const SKIP = 15;

/**
 * Listen for the shortcuts while the focus is in the player or on no control. Letters work only in the player:
 * elsewhere they may belong to a screen reader or to voice control (WCAG 2.1.4).
 * @param {HTMLElement} player
 * @param {{toggle: () => void, skip: (seconds: number) => void}} actions
 * @param {AbortSignal} signal
 * @param {{isSmall?: boolean}} [options] `isSmall`: this is the small player; outside it, space scrolls the page
 */
export function playerKeys(player, { toggle, skip }, signal, { isSmall = false } = {}) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const focused = document.activeElement;
    const isInside = player.contains(focused);
    if (player.hidden || (!isInside && !isFree(focused))) return;
    const isButtonOrLink =
      focused instanceof HTMLButtonElement || focused instanceof HTMLAnchorElement;
    const action = {
      // On a button or link, the browser handles space itself.
      " ": isButtonOrLink || (isSmall && !isInside) ? undefined : toggle,
      k: isInside ? toggle : undefined,
      j: isInside ? () => skip(-SKIP) : undefined,
      l: isInside ? () => skip(SKIP) : undefined,
      ArrowLeft: () => skip(-SKIP),
      ArrowRight: () => skip(SKIP),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", onKeyDown, { signal });
}

/** Return whether no control has the focus. A new page focuses its heading. @param {Element | null} focused */
function isFree(focused) {
  return focused === document.body || focused === null || focused.matches("main, h1");
}
