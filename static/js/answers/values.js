/** The values of answers, for each type of question: JSON to store, words to show. Pure functions. */

/** @typedef {{value: string, label: string}} Option */

/**
 * A question as the page shows it.
 * @typedef {object} Question
 * @property {string} type text, long, slider, choice, choices, date or group
 * @property {string} label
 * @property {Option[]} [options]
 * @property {number} [min]
 * @property {number} [max]
 * @property {Record<string, Question>} [fields] of a group, by name
 */

/**
 * Functions that put a value into words, in the page's language.
 * @typedef {object} Speech
 * @property {(value: number, max: number) => string} slider
 * @property {(date: Date) => string} date
 * @property {(labels: string[]) => string} list
 */

/** An item of a repeated group. `_id` identifies it within the group and can't be a question's name. */
/** @typedef {{_id: string, [name: string]: any}} Item */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** The years that somebody can mean. */
const EARLIEST = 1900;
const LATEST = 2199;
/** How many years ahead a plan may be: in 2026, 46 means 2046 and 47 means 1947. */
const AHEAD = 20;

/** Return the value of a question without an answer. @param {string} type */
export function nothing(type) {
  if (type === "choices" || type === "group") return [];
  return type === "slider" || type === "choice" ? null : "";
}

/** Return whether a value contains no answer. @param {unknown} value @returns {boolean} */
export function isNothing(value) {
  if (Array.isArray(value)) return value.every(isNothing);
  if (value !== null && typeof value === "object") {
    return Object.entries(value).every(([name, inner]) => name === "_id" || isNothing(inner));
  }
  return value === undefined || value === null || (typeof value === "string" && !value.trim());
}

/**
 * Return whether the page can show the whole value. A newer version of the app may have written something else.
 * @param {Question} question
 * @param {any} value
 * @returns {boolean}
 */
export function fits(question, value) {
  if (value === null) return true;
  const { type, options = [], min = 0, max = 10, fields = {} } = question;
  const isOption = (/** @type {any} */ answer) => options.some((option) => option.value === answer);
  switch (type) {
    case "slider":
      return typeof value === "number" && value >= min && value <= max;
    case "choice":
      return isOption(value);
    case "choices":
      return Array.isArray(value) && value.every(isOption);
    case "date":
      return value === "" || calendarDay(value) !== undefined;
    case "group":
      return Array.isArray(value) && value.every((item) => fitsItem(fields, item));
    default:
      return typeof value === "string";
  }
}

/**
 * @param {Record<string, Question>} fields
 * @param {any} item
 */
function fitsItem(fields, item) {
  if (item === null || typeof item !== "object" || Array.isArray(item)) return false;
  return Object.entries(item).every(
    ([name, value]) => name === "_id" || (Object.hasOwn(fields, name) && fits(fields[name], value)),
  );
}

/**
 * Return a value as plain words, or "" if there is no answer. A value that the page doesn't know is returned as it is,
 * as text or JSON.
 * @param {Question} question
 * @param {any} value
 * @param {Speech} speech
 * @returns {string}
 */
export function words(question, value, speech) {
  if (isNothing(value)) return "";
  const { type, options = [], max = 10, fields = {} } = question;
  const label = (/** @type {any} */ answer) =>
    options.find((option) => option.value === answer)?.label ?? plain(answer);
  if (type === "slider" && typeof value === "number") return speech.slider(value, max);
  if (type === "choice") return label(value);
  if (type === "choices" && Array.isArray(value)) return speech.list(value.map(label));
  if (type === "date") {
    const when = calendarDay(value);
    return when ? speech.date(when) : plain(value);
  }
  if (type === "group" && Array.isArray(value)) {
    return value
      .map((item) => itemWords(fields, item, speech))
      .filter(Boolean)
      .join("\n\n");
  }
  return plain(value);
}

/**
 * @param {Record<string, Question>} fields
 * @param {any} item
 * @param {Speech} speech
 */
function itemWords(fields, item, speech) {
  const lines = Object.entries(fields).map(([name, question]) => {
    const answer = words(question, item?.[name], speech);
    return answer && `${question.label}\n${answer}`;
  });
  return lines.filter(Boolean).join("\n");
}

/** @param {any} value */
const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * Return the date that a text such as "2026-11-22" names, in local time; undefined for others.
 * @param {any} text
 */
export function calendarDay(text) {
  const [, year, month, date] = DAY.exec(text)?.map(Number) ?? [];
  if (!year) return undefined;
  const when = new Date(2000, 0, 1);
  // The constructor would take the year 26 for 1926.
  when.setFullYear(year, month - 1, date);
  return when.getMonth() === month - 1 && when.getDate() === date ? when : undefined;
}

/**
 * Return the date that a text names if its year can be meant; undefined for others. Somebody who types 5/1/26 has
 * written the year 26.
 * @param {any} text
 */
export function day(text) {
  const when = calendarDay(text);
  const year = when?.getFullYear() ?? 0;
  return year >= EARLIEST && year <= LATEST ? when : undefined;
}

/**
 * Return the date that a text names if it isn't still to come; undefined for others. A clock that was once ahead may
 * have given a later one.
 * @param {any} text
 * @param {number} now ms since 1970
 */
export function pastDay(text, now) {
  const when = day(text);
  return when && when.getTime() <= now ? when : undefined;
}

/**
 * Return the date that was probably meant by one whose year can't be meant, as text such as "2026-01-05".
 * @param {any} text
 * @param {Date} [today]
 * @returns {string} "" if the text names no date, if its year can be meant, or if no other year fits
 */
export function meantDay(text, today = new Date()) {
  const when = calendarDay(text);
  if (!when || day(text)) return "";
  const year = String(meantYear(when.getFullYear(), today.getFullYear()));
  const meant = `${year}${text.slice(4)}`;
  return day(meant) ? meant : "";
}

/**
 * Complete 26 to 2026, 85 to 1985 and 202 to the year nearest to now. In other years, the century may be a slip.
 * @param {number} typed
 * @param {number} thisYear
 */
function meantYear(typed, thisYear) {
  const first = typed * 10;
  const last = Math.min(first + 9, thisYear);
  if (typed >= 100 && first >= EARLIEST && first <= thisYear) return last;
  const inThisCentury = 2000 + (typed % 100);
  return inThisCentury <= thisYear + AHEAD ? inThisCentury : inThisCentury - 100;
}

/** Return a date as text such as "2026-11-22", in local time. @param {Date} when */
export function isoDay(when) {
  const padded = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${String(when.getFullYear()).padStart(4, "0")}-${padded(when.getMonth() + 1)}-${padded(when.getDate())}`;
}

/** Return whether several answers of this type can be joined into one. @param {string} type */
export const canKeepBoth = (type) => ["text", "long", "choices", "group"].includes(type);

/**
 * Join several versions of an answer, the first one first. Choices are joined in the order of the options.
 * @param {Question} question
 * @param {any[]} versions
 */
export function keepBoth({ type, options = [] }, versions) {
  if (type === "choices") {
    const all = [...new Set(versions.flat())];
    const order = new Map(options.map(({ value }, index) => [value, index]));
    return all.sort((a, b) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity));
  }
  if (type === "group") return mergeItems(versions.flat());
  const texts = versions.filter((version) => !isNothing(version));
  return texts.join(type === "long" ? "\n\n" : " · ");
}

/**
 * Merge the items of several versions. Identical items appear once. An item that was changed on both sides appears
 * twice, the second time with another `_id`.
 * @param {Item[]} items
 * @returns {Item[]}
 */
function mergeItems(items) {
  /** @type {Item[]} */
  const merged = [];
  for (const item of items) {
    const twins = merged.filter((other) => other._id === item._id);
    if (twins.some((twin) => sameItem(twin, item))) continue;
    merged.push(twins.length ? { ...item, _id: `${item._id}${"+".repeat(twins.length)}` } : item);
  }
  return merged;
}

/** @param {Item} a @param {Item} b */
function sameItem(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
}
