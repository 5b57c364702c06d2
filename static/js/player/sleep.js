// The sleep timer: the last ten seconds grow quiet, then it stops. Only listening counts.

/** Seconds. */
export const FADE = 10;

/**
 * @param {HTMLAudioElement} audio
 * @param {object} listener
 * @param {(seconds: number) => void} listener.left how long it still plays
 * @param {() => void} listener.stopped called when the timer has stopped the sound
 */
export function sleepTimer(audio, listener) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;
  let left = 0;
  let last = 0;

  function cancel() {
    clearInterval(ticking);
    audio.volume = 1;
  }

  function tick() {
    const now = Date.now();
    if (!audio.paused) left -= now - last;
    last = now;
    // iOS leaves the volume alone; there it stops without growing quiet.
    audio.volume = Math.min(1, Math.max(0, left / (FADE * 1000)));
    if (left > 0) return listener.left(left / 1000);
    audio.pause();
    cancel();
    listener.stopped();
  }

  /** @param {number} minutes 0 switches it off */
  function set(minutes) {
    cancel();
    if (!minutes) return;
    left = minutes * 60_000;
    last = Date.now();
    ticking = setInterval(tick, 250);
    listener.left(left / 1000);
  }

  return { set, cancel };
}
