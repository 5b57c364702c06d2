// The keyboard: space plays and pauses, arrows go 15 seconds.

const SKIP = 15;

/**
 * Listens where nothing else has the keyboard, and inside the player. A letter works only inside:
 * elsewhere it may be a screen reader's or somebody's voice control (WCAG 2.1.4).
 * @param {HTMLElement} player
 * @param {{toggle: () => void, skip: (seconds: number) => void}} actions
 * @param {AbortSignal} signal
 */
export function playerKeys(player, { toggle, skip }, signal) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const on = document.activeElement;
    const isInside = player.contains(on);
    if (!isInside && on !== document.body) return;
    const act = {
      // On a button the browser itself presses it.
      " ": on instanceof HTMLButtonElement ? undefined : toggle,
      k: isInside ? toggle : undefined,
      ArrowLeft: () => skip(-SKIP),
      ArrowRight: () => skip(SKIP),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", press, { signal });
}
