// The microphone: whether there is one, and why it can't be had. Asked for on a tap, never before.

/** @typedef {"insecure" | "old" | "refused" | "none" | "busy"} Reason why it can't be had */

/** The microphone can't be had; `reason` tells why. */
export class MicrophoneError extends Error {
  /** @param {Reason} reason @param {{cause?: unknown}} [options] */
  constructor(reason, options) {
    super(`no microphone: ${reason}`, options);
    this.name = "MicrophoneError";
    this.reason = reason;
  }
}

/** Speech is clear at this rate: ten minutes are about 3.6 MB. */
const BITS_A_SECOND = 48_000;

const WEBM = "audio/webm;codecs=opus";
const MP4 = "audio/mp4;codecs=mp4a.40.2";
const TYPES = [WEBM, "audio/ogg;codecs=opus", MP4, "audio/mp4", "audio/webm"];
// Safari records WebM too, but doesn't find its way in what it recorded.
const TYPES_OF_APPLE = [MP4, "audio/mp4", WEBM];

/** What stands in the way before anybody is asked. @returns {Reason | null} */
export function obstacle() {
  if (!isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") return "old";
  // Some builds of WebKit have a recorder, and nothing to write with.
  return ownType() ? null : "old";
}

/**
 * @returns {Promise<MediaStream>}
 * @throws {MicrophoneError}
 */
export async function openMicrophone() {
  const before = obstacle();
  if (before) throw new MicrophoneError(before);
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (cause) {
    throw new MicrophoneError(reasonOf(cause), { cause });
  }
}

/** @param {unknown} error @returns {Reason} */
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
 * @param {string} vendor of the browser
 * @param {(type: string) => boolean} isSupported
 * @returns {string | undefined} undefined where there is none that is known here
 */
export function soundType(vendor, isSupported) {
  const types = vendor.startsWith("Apple") ? TYPES_OF_APPLE : TYPES;
  return types.find((type) => isSupported(type));
}

const ownType = () => soundType(navigator.vendor, (type) => MediaRecorder.isTypeSupported(type));

/** @param {MediaStream} stream */
export function mediaRecorder(stream) {
  return new MediaRecorder(stream, { mimeType: ownType(), audioBitsPerSecond: BITS_A_SECOND });
}
