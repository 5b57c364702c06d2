// How loud it is, for the eyes: a person sees that the phone hears them.

/** Quieter than this is silence, dB; at the other end the bar is full. */
const QUIET = -55;
const LOUD = -12;

/**
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

  /** 0 to 1, or null while it can't tell. */
  get now() {
    if (this.#context.state !== "running") return null;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return loudness(this.#samples);
  }

  close() {
    this.#context.close().catch(() => {});
  }
}

/** @param {MediaStream} stream @returns {Level | null} null where the browser can't; recording goes on without */
export function levelOf(stream) {
  try {
    return new Level(stream);
  } catch (error) {
    console.info("no level is shown", error);
    return null;
  }
}
