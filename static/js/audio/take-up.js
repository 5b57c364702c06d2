// Goes on with the sound that the page before this one has passed on (carried-sound.js).
import { listening } from "./listening.js";

/** @param {import("./carried-sound.js").CarriedSound} carried */
export async function takeUp({ recording, sound, place, isPlaying }) {
  const session = listening();
  await session.load(recording, sound, place);
  await session.resume();
  // A browser that lets no page begin with sound leaves it paused, and the small player is there.
  if (isPlaying) session.play();
}
