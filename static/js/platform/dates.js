// Formats dates, times, lengths and sizes in the page's language.
import { locale } from "./i18n.js";

/**
 * Return the locale for dates and times. For English, "en" alone would mean American English, so return the first
 * English variant among the browser's languages, or else British English.
 */
function region() {
  if (locale() !== "en") return locale();
  return navigator.languages?.find((tag) => tag.startsWith("en-")) ?? "en-GB";
}

/**
 * Return a time that isn't in the future, in ms since 1970. A clock that was once ahead may have given a later one.
 * @param {number} when
 * @param {number} [now]
 */
export const past = (when, now = Date.now()) => Math.min(when, now);

/** Return a time like "14:02", in the reader's time zone. @param {Date} when */
export function time(when) {
  return new Intl.DateTimeFormat(region(), { hour: "2-digit", minute: "2-digit" }).format(when);
}

/** @type {Intl.DateTimeFormat | undefined} */
let dateFormat;

/** Return a date like "22 November 2026". @param {Date} when */
export function date(when) {
  // Create it once: for a long list, creating formatters would take more time than everything else.
  dateFormat ??= new Intl.DateTimeFormat(region(), { dateStyle: "long" });
  return dateFormat.format(when);
}

/** Return a weekday and time like "Sunday 14:02". @param {Date} when */
export function weekdayAndTime(when) {
  return new Intl.DateTimeFormat(region(), {
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(when);
}

/** Return a date like "22 Nov 2026", for places with little room. @param {Date} when */
export function shortDate(when) {
  return new Intl.DateTimeFormat(region(), { dateStyle: "medium" }).format(when);
}

/** @type {Intl.DateTimeFormat | undefined} */
let momentFormat;

/**
 * Return a date and time like "22 Nov 2026, 14:02". The time distinguishes two items from the same day.
 * @param {Date | number} when
 */
export function moment(when) {
  momentFormat ??= new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" });
  return momentFormat.format(when);
}

/**
 * Return "today", "yesterday" or "3 days ago" for up to six days back, otherwise the date.
 * @param {Date} when
 * @param {Date} [now]
 */
export function day(when, now = new Date()) {
  const days = Math.round((midnight(when) - midnight(now)) / 86_400_000);
  if (days > 0 || days < -6) return date(when);
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day");
}

/**
 * Return "5 minutes ago" or "2 hours ago" for up to a day back, otherwise as `day` does.
 * @param {number} when in ms since 1970
 * @param {number} [now]
 */
export function ago(when, now = Date.now()) {
  const minutes = Math.max(1, Math.floor((now - when) / 60_000));
  const format = new Intl.RelativeTimeFormat(locale());
  if (minutes < 60) return format.format(-minutes, "minute");
  if (minutes < 24 * 60) return format.format(-Math.floor(minutes / 60), "hour");
  return day(new Date(when), new Date(now));
}

/** Return the start of the day, in ms since 1970. @param {Date} when */
function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
}

/**
 * Return a size like "1.4 MB" or "350 kB". A megabyte is 1,000,000 bytes. Any size above zero is at least "1 kB".
 * @param {number} bytes
 */
export function size(bytes) {
  const [unit, amount] =
    bytes >= 1e6
      ? ["megabyte", bytes / 1e6]
      : ["kilobyte", Math.max(bytes > 0 ? 1 : 0, bytes / 1e3)];
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit,
    maximumFractionDigits: unit === "megabyte" ? 1 : 0,
  }).format(amount);
}

/** Return a length like "3:04", as media players show it. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const format = new Intl.NumberFormat(locale(), { minimumIntegerDigits: 2 });
  const minutes = new Intl.NumberFormat(locale()).format(Math.floor(whole / 60));
  return `${minutes}:${format.format(whole % 60)}`;
}

/** Return a length like "3 minutes 4 seconds", for screen readers. @param {number} seconds */
export function spokenLength(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    ["minute", Math.floor(whole / 60)],
    ["second", whole % 60],
  ]
    .filter(([, amount], index) => amount || (index === 1 && whole < 60))
    .map(([unit, amount]) =>
      new Intl.NumberFormat(locale(), {
        style: "unit",
        unit: String(unit),
        unitDisplay: "long",
      }).format(Number(amount)),
    );
  return new Intl.ListFormat(locale(), { type: "unit", style: "long" }).format(parts);
}

/** Return a month like "November 2026". @param {Date | number} when */
export function month(when) {
  return new Intl.DateTimeFormat(region(), { month: "long", year: "numeric" }).format(when);
}
