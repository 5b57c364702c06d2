// Reads a QR code from the camera or from a picture file. The pictures stay in this page's memory.
import { read } from "../../platform/qr-code.js";

/** @import { Picture } from "../../platform/qr-code.js" */

/**
 * The longest side to which pictures are scaled down, in px. This is enough for a code that fills a quarter of the
 * picture. A larger size only takes more time.
 */
const LONGEST = 1024;
/** The pause between two attempts to read the camera's picture. In ms. */
const PAUSE = 120;

/**
 * Show the camera's picture and look for a code in it until one is found.
 *
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal ends the scan and switches the camera off
 * @returns {Promise<string | undefined>} the text of the first code; undefined if the signal ended the scan
 * @throws {DOMException} there is no camera, or the page may not use it
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

/** Look for a code again and again. @param {HTMLVideoElement} video @param {AbortSignal} signal */
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
 * Read the code in a picture file.
 * @param {Blob} file
 * @returns {Promise<string | undefined>} the code's text; undefined if the file isn't a picture or has no code
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
    // The code may be small in a photograph. Try a small size first, because that is fast, then larger ones.
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
 * Draw a picture on a canvas and return its pixels.
 * @param {CanvasImageSource} source
 * @param {number} width
 * @param {number} height
 * @param {number} [longest] the longest side of the result, in px
 * @returns {Picture}
 */
function pixels(source, width, height, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new DOMException("No canvas", "NotSupportedError");
  // Put white behind transparent pictures. Otherwise a dark code would be on black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
