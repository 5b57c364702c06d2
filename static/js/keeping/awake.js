// Keeps the screen on while something is being saved: phones stop pages behind a dark screen.

/** Whether this browser can. */
export function canStayAwake() {
  return "wakeLock" in navigator;
}

/** @type {WakeLockSentinel | null} */
let held = null;
let isWanted = false;
let isFollowing = false;

/** @param {boolean} is */
export async function stayAwake(is) {
  if (!canStayAwake() || is === isWanted) return;
  isWanted = is;
  if (!isFollowing) {
    isFollowing = true;
    // The browser lets go whenever the page is hidden.
    document.addEventListener("visibilitychange", () => void settle());
  }
  await settle();
}

async function settle() {
  try {
    if (!isWanted) return await held?.release();
    if (document.visibilityState !== "visible") return;
    if (!held || held.released) held = await navigator.wakeLock.request("screen");
    // Asked and answered too late.
    if (!isWanted) await held.release();
  } catch (error) {
    // Little battery, say. Saving goes on as long as the screen does.
    console.info("the screen is not kept on", error);
  }
}
