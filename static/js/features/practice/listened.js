// How long somebody has listened. Pure.

/** Who has heard this share of a recording has given it its time. */
const MOST = 0.7;

/**
 * Return the minutes, at least 1, or 0 if less than most of the recording was heard.
 * @param {Pick<TimeRanges, "length" | "start" | "end">} played the parts that were heard, in seconds
 * @param {number} seconds length of the recording
 */
export function minutesOf(played, seconds) {
  let heard = 0;
  for (let part = 0; part < played.length; part++) heard += played.end(part) - played.start(part);
  return heard && heard >= seconds * MOST ? Math.max(1, Math.round(heard / 60)) : 0;
}
