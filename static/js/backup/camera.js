// Where pictures of a code come from: the camera, or a file. They stay in this page's memory.
import { read } from "./code.js";

/** @import { Picture } from "./code.js" */

/** Enough for a code that fills a quarter of the picture; more only costs time. */
const LONGEST = 1024;
const PAUSE = 120; // ms between two looks

/**
 * Shows the camera's picture and looks for a code in it.
 *
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal ends it; the camera's light goes out
 * @returns {Promise<string | undefined>} the text of the first code; nothing when it was ended
 * @throws {DOMException} when there is no camera or it may not be used
 */
export async function scan(video, signal) {
  if (!navigator.mediaDevices) throw new DOMException("No camera", "NotFoundError");
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 } },
  });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  try {
    if (signal.aborted) return undefined;
    video.srcObject = stream;
    await video.play();
    return await look(video, signal);
  } finally {
    stop();
    video.srcObject = null;
  }
}

/** @param {HTMLVideoElement} video @param {AbortSignal} signal */
async function look(video, signal) {
  while (!signal.aborted) {
    if (video.videoWidth) {
      const text = await read(pixels(video, video.videoWidth, video.videoHeight));
      if (text !== undefined) return text;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return undefined;
}

/**
 * @param {Blob} file
 * @returns {Promise<string | undefined>} nothing when it isn't a picture or no code is in it
 */
export async function readFile(file) {
  /** @type {ImageBitmap} */
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  try {
    // A photograph may show the code small: smaller first, which is fast, then as large as it is.
    const sizes = [LONGEST, 2 * LONGEST, 4 * LONGEST];
    for (const longest of sizes) {
      const text = await read(pixels(bitmap, bitmap.width, bitmap.height, longest), 400);
      if (text !== undefined) return text;
      if (Math.max(bitmap.width, bitmap.height) <= longest) break;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

/**
 * @param {CanvasImageSource} source
 * @param {number} width
 * @param {number} height
 * @param {number} [longest] side of the result, at most
 * @returns {Picture}
 */
function pixels(source, width, height, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new DOMException("No canvas", "NotSupportedError");
  // Behind transparent pictures: a dark code on nothing would be dark on black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
