// The sleep timer: the last ten seconds grow quiet, then it stops.

const FADE = 10_000;

/**
 * @param {HTMLAudioElement} audio
 * @param {() => void} stopped called when the timer has stopped the sound
 */
export function sleepTimer(audio, stopped) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;

  function cancel() {
    clearInterval(ticking);
    ticking = undefined;
    audio.volume = 1;
  }

  /** @param {number} minutes 0 switches it off */
  function set(minutes) {
    cancel();
    if (!minutes) return;
    const end = Date.now() + minutes * 60_000;
    ticking = setInterval(() => {
      const left = end - Date.now();
      // iOS leaves the volume alone; there it stops without growing quiet.
      if (left < FADE) audio.volume = Math.max(0, left / FADE);
      if (left > 0) return;
      audio.pause();
      cancel();
      stopped();
    }, 250);
  }

  return { set, cancel };
}
