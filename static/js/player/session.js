// The lock screen: title, picture and buttons (Media Session).

const ACTIONS = /** @type {const} */ (["play", "pause", "seekbackward", "seekforward", "seekto"]);

/**
 * @param {{title: string, artist: string, artwork: string}} about
 * @param {{play: () => void, pause: () => void, skip: (seconds: number) => void, goTo: (seconds: number) => void}} act
 */
export function mediaSession(about, act) {
  if (!("mediaSession" in navigator)) return;
  const session = navigator.mediaSession;
  session.metadata = new MediaMetadata(isDiscreet() ? neutral() : telling(about));
  session.setActionHandler("play", act.play);
  session.setActionHandler("pause", act.pause);
  session.setActionHandler("seekbackward", (details) => act.skip(-(details.seekOffset ?? 15)));
  session.setActionHandler("seekforward", (details) => act.skip(details.seekOffset ?? 15));
  session.setActionHandler("seekto", (details) => act.goTo(details.seekTime ?? 0));
}

const isDiscreet = () => document.documentElement.dataset.discreet !== undefined;

/** @param {{title: string, artist: string, artwork: string}} about */
function telling({ title, artist, artwork }) {
  // The one that every snapshot carries, so that it is there with no signal.
  return { title, artist, artwork: [{ src: artwork, sizes: "192x192", type: "image/png" }] };
}

/** Anyone who passes may read a lock screen: the name and the icon of the app, and no more. */
function neutral() {
  const icon = document.querySelector('link[rel="apple-touch-icon"]');
  const src = icon instanceof HTMLLinkElement ? icon.href : "";
  return { title: document.title, artwork: [{ src, sizes: "180x180", type: "image/png" }] };
}

/** Nothing is played any more. */
export function clearLockScreen() {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.setPositionState?.();
  for (const action of ACTIONS) navigator.mediaSession.setActionHandler(action, null);
}

/** Tell the lock screen where the sound is. @param {HTMLAudioElement} audio */
export function tellPosition(audio) {
  if (!navigator.mediaSession?.setPositionState || !Number.isFinite(audio.duration)) return;
  navigator.mediaSession.setPositionState({
    duration: audio.duration,
    playbackRate: audio.playbackRate,
    position: Math.min(audio.currentTime, audio.duration),
  });
}
