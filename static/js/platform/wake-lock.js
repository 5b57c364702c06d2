// Keeps the screen on while something is being saved, because phones stop pages when the screen is off. Also
// keeps it on while notes are shown at an appointment.

/** Return whether this browser can keep the screen on. */
export function canStayAwake() {
  return "wakeLock" in navigator;
}

/** @type {WakeLockSentinel | null} */
let held = null;
/** The purposes for which the screen must stay on. @type {Set<string>} */
const purposes = new Set();
let isFollowing = false;

/**
 * Keep the screen on for a purpose, or stop that. Several purposes may apply at once.
 * @param {boolean} isOn
 * @param {string} purpose
 */
export async function stayAwake(isOn, purpose) {
  if (!canStayAwake() || isOn === purposes.has(purpose)) return;
  if (isOn) purposes.add(purpose);
  else purposes.delete(purpose);
  if (!isFollowing) {
    isFollowing = true;
    // The browser releases the wake lock whenever the page is hidden.
    document.addEventListener("visibilitychange", () => void settle());
  }
  await settle();
}

async function settle() {
  try {
    if (!purposes.size) return await held?.release();
    if (document.visibilityState !== "visible") return;
    if (!held || held.released) held = await navigator.wakeLock.request("screen");
    // The last purpose ended while the browser was granting the wake lock.
    if (!purposes.size) await held.release();
  } catch (error) {
    // For example, the battery is low. Saving continues until the screen goes off.
    console.info("the screen is not kept on", error);
  }
}
