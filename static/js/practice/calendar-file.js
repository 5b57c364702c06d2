/**
 * The file of a regular practice time, out of the template that the server's icalendar made: the same file as the
 * server makes, with no connection. Pure. RFC 5545; the numbers in comments are its sections.
 */

export const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/** Octets of a line, 3.1; one less than allowed, as icalendar counts. */
const LINE = 74;

/**
 * @typedef {object} PracticeTime
 * @property {string} title
 * @property {string[]} days of DAYS, at least one
 * @property {string} at "19:30"
 * @property {number} minutes
 * @property {boolean} reminder
 * @property {string | null} link whole address
 */

/**
 * @param {string} template
 * @param {PracticeTime} chosen
 * @param {{now: Date, uid: string}} made
 * @returns {string}
 */
export function calendarFile(template, chosen, { now, uid }) {
  const title = escape(cleanTitle(chosen.title));
  const days = DAYS.filter((day) => chosen.days.includes(day));
  /** @type {Record<string, string>} */
  const values = {
    SUMMARY: title,
    DESCRIPTION: title,
    DTSTART: `${dateOf(firstDay(days, now))}T${chosen.at.replace(":", "")}00`,
    DURATION: `PT${chosen.minutes}M`,
    DTSTAMP: stampOf(now),
    UID: uid,
    RRULE: `FREQ=WEEKLY;BYDAY=${days.join()}`,
    URL: chosen.link ?? "",
  };
  const lines = template.trim().split(/\r?\n/);
  return lines
    .filter((_, at) => chosen.reminder || !isInAlarm(lines, at))
    .filter((line) => chosen.link !== null || nameOf(line) !== "URL")
    .map((line) => {
      const name = nameOf(line);
      return fold(Object.hasOwn(values, name) ? `${name}:${values[name]}` : line) + "\r\n";
    })
    .join("");
}

/** One line; the server does the same. @param {string} title */
export function cleanTitle(title) {
  const spaces = "[\\0-\\x20\\x7f-\\xa0\\u2028\\u2029]+";
  return title.replaceAll("\\", "/").replace(new RegExp(spaces, "g"), " ").replace(/^ | $/g, "");
}

/** @param {string} line */
const nameOf = (line) => line.slice(0, line.indexOf(":"));

/** @param {string[]} lines @param {number} at */
function isInAlarm(lines, at) {
  const [begin, end] = [lines.indexOf("BEGIN:VALARM"), lines.indexOf("END:VALARM")];
  return at >= begin && at <= end;
}

/** 3.3.11. @param {string} text */
const escape = (text) => text.replace(/[\\;,]/g, (sign) => `\\${sign}`);

/** 3.1: long lines go on in the next, after a space; never in the middle of a letter. @param {string} line */
function fold(line) {
  const lines = [""];
  let octets = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    const last = lines.length - 1;
    if (octets + size > LINE) {
      // What is escaped stays together.
      const isEscaped = lines[last].length > 1 && lines[last].endsWith("\\");
      if (isEscaped) lines[last] = lines[last].slice(0, -1);
      lines.push(isEscaped ? "\\" : "");
      octets = isEscaped ? 1 : 0;
    }
    lines[lines.length - 1] += letter;
    octets += size;
  }
  return lines.join("\r\n ");
}

/** The first of the chosen days, from today on. @param {string[]} days @param {Date} now */
function firstDay(days, now) {
  const today = (now.getDay() + 6) % 7;
  const ahead = Math.min(...days.map((day) => (DAYS.indexOf(day) - today + 7) % 7));
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead);
}

/** @param {Date} when */
function dateOf(when) {
  const parts = [when.getFullYear(), when.getMonth() + 1, when.getDate()];
  return parts.map((part, at) => String(part).padStart(at ? 2 : 4, "0")).join("");
}

/** 3.3.5, in UTC. @param {Date} now */
const stampOf = (now) => now.toISOString().replace(/[-:]|\.\d+/g, "");
