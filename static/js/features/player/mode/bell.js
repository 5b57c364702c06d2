// A soft bell for recordings that have none of their own. It sounds as in hearth_cft/tools/recordings/bell.py. The
// listening mode keeps the screen on, so Web Audio may ring here.

const HERTZ = 262;
/** Frequency as a multiple of the lowest, level, and seconds until the level has fallen to 1/e. */
const PARTIALS = [
  [1, 1, 1.5],
  [2.71, 0.42, 0.9],
  [5.2, 0.13, 0.45],
  [8.4, 0.04, 0.25],
];
/** Each partial is two tones that differ by this many hertz, so it beats slowly. */
const BEAT = 0.7;
const PEAK = 0.03;
/** In seconds. */
const ATTACK = 0.012;
const LENGTH = 4;

export class Bell {
  /** @type {AudioContext | undefined} */
  #context;

  /** Get ready. Call this in a tap: browsers let no page make a sound by itself. */
  prepare() {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  ring() {
    const context = this.#context;
    if (context?.state !== "running") return;
    const start = context.currentTime;
    for (const [ratio, level, decay] of PARTIALS) {
      for (const hertz of [HERTZ * ratio, HERTZ * ratio + BEAT]) {
        const gain = context.createGain();
        gain.gain.setValueAtTime(0, start);
        gain.gain.linearRampToValueAtTime(level * PEAK, start + ATTACK);
        gain.gain.setTargetAtTime(0, start + ATTACK, decay);
        const tone = new OscillatorNode(context, { frequency: hertz });
        tone.connect(gain).connect(context.destination);
        tone.start(start);
        tone.stop(start + LENGTH);
      }
    }
  }

  /** @param {number} seconds let a bell that rings now ring on for so long */
  end(seconds = 0) {
    const context = this.#context;
    this.#context = undefined;
    setTimeout(() => void context?.close(), seconds * 1000);
  }
}
