// Dates, times and sizes as the page's language writes them.
import { locale } from "./messages.js";

/** "en" alone would be American: the reader's own English, as the browser tells it, or British. */
function region() {
  if (locale() !== "en") return locale();
  return navigator.languages?.find((tag) => tag.startsWith("en-")) ?? "en-GB";
}

/** "14:02", in the reader's own clock. @param {Date} when */
export function time(when) {
  return new Intl.DateTimeFormat(region(), { hour: "2-digit", minute: "2-digit" }).format(when);
}

/** @type {Intl.DateTimeFormat | undefined} */
let dateFormat;

/** "22 November 2026". @param {Date} when */
export function date(when) {
  // Made once: for a long list it would cost more than all the rest.
  dateFormat ??= new Intl.DateTimeFormat(region(), { dateStyle: "long" });
  return dateFormat.format(when);
}

/** "Sunday 14:02". @param {Date} when */
export function weekdayAndTime(when) {
  return new Intl.DateTimeFormat(region(), {
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(when);
}

/** "22 Nov 2026", where there is little room. @param {Date} when */
export function shortDate(when) {
  return new Intl.DateTimeFormat(region(), { dateStyle: "medium" }).format(when);
}

/** @type {Intl.DateTimeFormat | undefined} */
let momentFormat;

/** "22 Nov 2026, 14:02": tells two things of one day apart. @param {Date | number} when */
export function moment(when) {
  momentFormat ??= new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" });
  return momentFormat.format(when);
}

/** "today", "yesterday", or the date. @param {Date} when @param {Date} [now] */
export function day(when, now = new Date()) {
  const days = Math.round((midnight(when) - midnight(now)) / 86_400_000);
  if (days > 0 || days < -6) return date(when);
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day");
}

/** @param {Date} when */
function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
}

/** A size in the largest unit that keeps it above one: "1.4 MB". @param {number} bytes */
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

/** "3:04", as players show it. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const format = new Intl.NumberFormat(locale(), { minimumIntegerDigits: 2 });
  const minutes = new Intl.NumberFormat(locale()).format(Math.floor(whole / 60));
  return `${minutes}:${format.format(whole % 60)}`;
}

/** "3 minutes 4 seconds", to be read aloud. @param {number} seconds */
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

/** "November 2026". @param {Date | number} when */
export function month(when) {
  return new Intl.DateTimeFormat(region(), { month: "long", year: "numeric" }).format(when);
}
