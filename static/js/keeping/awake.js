// Keeps the screen on while something is being saved, because phones stop pages behind a dark screen, and while
// notes are shown at an appointment.

/** Whether this browser can. */
export function canStayAwake() {
  return "wakeLock" in navigator;
}

/** @type {WakeLockSentinel | null} */
let held = null;
/** Who wants it. @type {Set<string>} */
const wanted = new Set();
let isFollowing = false;

/** @param {boolean} is @param {string} who wants it: several may at once */
export async function stayAwake(is, who) {
  if (!canStayAwake() || is === wanted.has(who)) return;
  if (is) wanted.add(who);
  else wanted.delete(who);
  if (!isFollowing) {
    isFollowing = true;
    // The browser lets go whenever the page is hidden.
    document.addEventListener("visibilitychange", () => void settle());
  }
  await settle();
}

async function settle() {
  try {
    if (!wanted.size) return await held?.release();
    if (document.visibilityState !== "visible") return;
    if (!held || held.released) held = await navigator.wakeLock.request("screen");
    // Asked and answered too late.
    if (!wanted.size) await held.release();
  } catch (error) {
    // Little battery, say. Saving goes on as long as the screen does.
    console.info("the screen is not kept on", error);
  }
}
