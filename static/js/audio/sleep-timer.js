// The sleep timer. The sound fades during the last ten seconds, then it pauses. Time counts only while it plays.

/** The length of the fade, in seconds. */
export const FADE = 10;

/**
 * Create a timer that is off.
 * @param {HTMLAudioElement} audio
 * @param {object} listener
 * @param {(seconds: number) => void} listener.left called with the time that is left
 * @param {() => void} listener.stopped called when the timer has paused the sound
 * @param {() => number} [now] ms since any moment, whatever happens to the phone's clock; tests pass their own
 */
export function sleepTimer(audio, listener, now = () => performance.now()) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let interval;
  /** In ms. */
  let timeLeft = 0;
  let lastTick = 0;

  function cancel() {
    clearInterval(interval);
    audio.volume = 1;
  }

  function tick() {
    const time = now();
    if (!audio.paused) timeLeft -= time - lastTick;
    lastTick = time;
    // iOS ignores the volume, so there the sound stops without a fade.
    audio.volume = Math.min(1, Math.max(0, timeLeft / (FADE * 1000)));
    if (timeLeft > 0) return listener.left(timeLeft / 1000);
    audio.pause();
    cancel();
    listener.stopped();
  }

  /** @param {number} minutes 0 switches the timer off */
  function set(minutes) {
    cancel();
    if (!minutes) return;
    timeLeft = minutes * 60_000;
    lastTick = now();
    interval = setInterval(tick, 250);
    listener.left(timeLeft / 1000);
  }

  return { set, cancel };
}
