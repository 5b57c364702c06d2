// Measures the sound level, so that the speaker can see that the phone hears them.

/** At this level and below, the bar is empty. In dB. */
const QUIET = -55;
/** At this level and above, the bar is full. In dB. */
const LOUD = -12;

/**
 * Return the level of some samples.
 * @param {Float32Array} samples from -1 to 1
 * @returns {number} 0 to 1
 */
export function loudness(samples) {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, (decibels - QUIET) / (LOUD - QUIET)));
}

export class Level {
  #context;
  #analyser;
  #samples;

  /** @param {MediaStream} stream */
  constructor(stream) {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 2048;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /** The current level from 0 to 1, or null while the audio context isn't running. */
  get now() {
    if (this.#context.state !== "running") return null;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return loudness(this.#samples);
  }

  close() {
    this.#context.close().catch(() => {});
  }
}

/** @param {MediaStream} stream @returns {Level | null} null if the browser can't measure it; recording works without */
export function levelOf(stream) {
  try {
    return new Level(stream);
  } catch (error) {
    console.info("the sound level can't be shown", error);
    return null;
  }
}
