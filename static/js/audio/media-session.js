// Fills the phone's lock screen through the Media Session API: title, picture, position and buttons.

const ACTIONS = /** @type {const} */ (["play", "pause", "seekbackward", "seekforward", "seekto"]);

/**
 * Show a recording on the lock screen and handle its buttons.
 * @param {{title: string, artist: string, artwork: string}} about
 * @param {{play: () => void, pause: () => void, skip: (seconds: number) => void, goTo: (seconds: number) => void}} act
 */
export function mediaSession(about, act) {
  if (!("mediaSession" in navigator)) return;
  const session = navigator.mediaSession;
  session.metadata = new MediaMetadata(isDiscreet() ? neutralMetadata() : fullMetadata(about));
  session.setActionHandler("play", act.play);
  session.setActionHandler("pause", act.pause);
  session.setActionHandler("seekbackward", (details) => act.skip(-(details.seekOffset ?? 15)));
  session.setActionHandler("seekforward", (details) => act.skip(details.seekOffset ?? 15));
  session.setActionHandler("seekto", (details) => act.goTo(details.seekTime ?? 0));
}

const isDiscreet = () => document.documentElement.dataset.discreet !== undefined;

/** @param {{title: string, artist: string, artwork: string}} about */
function fullMetadata({ title, artist, artwork }) {
  // Every offline snapshot contains this picture, so it is available without a connection.
  return { title, artist, artwork: [{ src: artwork, sizes: "512x512", type: "image/png" }] };
}

/** Return only the title and the icon of the app, because other people can read a lock screen. */
function neutralMetadata() {
  const icon = document.querySelector('link[rel="apple-touch-icon"]');
  const src = icon instanceof HTMLLinkElement ? icon.href : "";
  return { title: document.title, artwork: [{ src, sizes: "180x180", type: "image/png" }] };
}

/** Remove the recording and its buttons from the lock screen. */
export function clearLockScreen() {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.setPositionState?.();
  for (const action of ACTIONS) navigator.mediaSession.setActionHandler(action, null);
}

/**
 * Send the current place, length and speed to the lock screen. All are about the time of listening.
 * @param {{position: number, duration: number, playbackRate: number}} state in seconds
 */
export function tellPosition({ position, duration, playbackRate }) {
  navigator.mediaSession?.setPositionState?.({
    duration,
    playbackRate,
    position: Math.min(position, duration),
  });
}
