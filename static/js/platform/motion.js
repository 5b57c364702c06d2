// Whether things on the screen may move by themselves.

/**
 * Return whether the reader wants nothing to move: the phone's setting, or this app's own (css/reading/_aids.scss, which does
 * for it what @media (prefers-reduced-motion) does for the phone's).
 */
export function isStill() {
  const isChosen = document.documentElement.dataset.motion === "still";
  return isChosen || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
