/**
 * Makes the calendar file for a regular practice time without a connection. The template comes from the server, which
 * writes it with icalendar. The result is the same as the server's own file. Pure functions. The numbers in the
 * comments are sections of RFC 5545.
 */

export const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/** The most octets in a line (3.1): one fewer than allowed, as in icalendar. */
const LINE = 74;

/**
 * @typedef {object} PracticeTime
 * @property {string} title
 * @property {string[]} days of DAYS, at least one
 * @property {string} at "19:30"
 * @property {number} minutes
 * @property {boolean} reminder
 * @property {string | null} link absolute URL
 */

/**
 * Return the calendar file.
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

/** Return the title as one line, without backslashes. The server does the same. @param {string} title */
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

/** Escape a text value (3.3.11). @param {string} text */
const escape = (text) => text.replace(/[\\;,]/g, (character) => `\\${character}`);

/** Fold a long line (3.1): it continues on the next line after a space. No character is split. @param {string} line */
function fold(line) {
  const lines = [""];
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    const last = lines.length - 1;
    if (octets + size > LINE) {
      // Keep a backslash and the character that it escapes on the same line.
      const isEscaped = lines[last].length > 1 && lines[last].endsWith("\\");
      if (isEscaped) lines[last] = lines[last].slice(0, -1);
      lines.push(isEscaped ? "\\" : "");
      octets = isEscaped ? 1 : 0;
    }
    lines[lines.length - 1] += character;
    octets += size;
  }
  return lines.join("\r\n ");
}

/** Return the first chosen day on or after today. @param {string[]} days @param {Date} now */
function firstDay(days, now) {
  const today = (now.getDay() + 6) % 7;
  const daysAhead = Math.min(...days.map((day) => (DAYS.indexOf(day) - today + 7) % 7));
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead);
}

/** @param {Date} when */
function dateOf(when) {
  const parts = [when.getFullYear(), when.getMonth() + 1, when.getDate()];
  return parts.map((part, at) => String(part).padStart(at ? 2 : 4, "0")).join("");
}

/** Return a UTC date-time value (3.3.5). @param {Date} now */
const stampOf = (now) => now.toISOString().replace(/[-:]|\.\d+/g, "");
