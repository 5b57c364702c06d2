// One sound at a time: when one begins, all others pause, in this tab and in the other ones.
import { openChannel } from "../platform/channel.js";

/** Pause each sound of this tab. @type {Set<() => void>} */
const pauses = new Set();
/** @type {ReturnType<typeof openChannel> | undefined} */
let tabs;

/**
 * Add a sound.
 * @param {() => void} pause called when another sound begins
 * @param {AbortSignal} [signal] aborts when the sound is gone
 * @returns {() => void} tells the others; call it when this sound begins
 */
export function oneSound(pause, signal) {
  const channel = (tabs ??= openTabs());
  pauses.add(pause);
  signal?.addEventListener("abort", () => pauses.delete(pause), { once: true });
  return () => {
    for (const other of pauses) if (other !== pause) other();
    channel.postMessage("playing");
  };
}

function openTabs() {
  const channel = openChannel("hearth-listening");
  channel.addEventListener("message", () => pauses.forEach((pause) => pause()));
  return channel;
}
