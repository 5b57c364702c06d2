// Opens the microphone, or says why that is impossible. The browser asks for permission only after a tap, never
// before.

/**
 * @typedef {"insecure" | "old" | "refused" | "none" | "busy"} Reason why the microphone can't be used. "old": the
 *   browser can't record
 */

/** The microphone can't be used. `reason` says why. */
export class MicrophoneError extends Error {
  /** @param {Reason} reason @param {{cause?: unknown}} [options] */
  constructor(reason, options) {
    super(`no microphone: ${reason}`, options);
    this.name = "MicrophoneError";
    this.reason = reason;
  }
}

/** Speech is clear at this rate. Ten minutes take about 3.6 MB. */
const BITS_A_SECOND = 48_000;

const WEBM = "audio/webm;codecs=opus";
const MP4 = "audio/mp4;codecs=mp4a.40.2";
const TYPES = [WEBM, "audio/ogg;codecs=opus", MP4, "audio/mp4", "audio/webm"];
// Safari records WebM too, but can't seek in its own WebM recordings.
const APPLE_TYPES = [MP4, "audio/mp4", WEBM];

/**
 * Return why recording is impossible, as far as this is known without asking for permission.
 * @returns {Reason | null}
 */
export function obstacle() {
  if (!isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") return "old";
  // Some builds of WebKit have MediaRecorder but support no audio format.
  return supportedType() ? null : "old";
}

/**
 * Open the microphone. The browser may ask for permission.
 * @returns {Promise<MediaStream>}
 * @throws {MicrophoneError}
 */
export async function openMicrophone() {
  const reason = obstacle();
  if (reason) throw new MicrophoneError(reason);
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (cause) {
    throw new MicrophoneError(reasonOf(cause), { cause });
  }
}

/** Return the reason for an error of getUserMedia. @param {unknown} error @returns {Reason} */
export function reasonOf(error) {
  switch (error instanceof Error || error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    default:
      return "busy";
  }
}

/**
 * Choose the audio format for recording.
 * @param {string} vendor of the browser, as in navigator.vendor
 * @param {(type: string) => boolean} isSupported
 * @returns {string | undefined} MIME type; undefined if the browser supports none of the known ones
 */
export function soundType(vendor, isSupported) {
  const types = vendor.startsWith("Apple") ? APPLE_TYPES : TYPES;
  return types.find((type) => isSupported(type));
}

const supportedType = () =>
  soundType(navigator.vendor, (type) => MediaRecorder.isTypeSupported(type));

/** @param {MediaStream} stream */
export function mediaRecorder(stream) {
  return new MediaRecorder(stream, {
    mimeType: supportedType(),
    audioBitsPerSecond: BITS_A_SECOND,
  });
}
