/** What answers are, type by type: JSON values on one side, words on the other. Pure. */

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
 * Ways to say a value, in the page's language.
 * @typedef {object} Speech
 * @property {(value: number, max: number) => string} slider
 * @property {(date: Date) => string} date
 * @property {(labels: string[]) => string} list
 */

/** One of a repeated group; `_id` tells it from its neighbours and can't be a question's name. */
/** @typedef {{_id: string, [name: string]: any}} Item */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** What a question without an answer holds. @param {string} type */
export function nothing(type) {
  if (type === "choices" || type === "group") return [];
  return type === "slider" || type === "choice" ? null : "";
}

/** @param {unknown} value @returns {boolean} */
export function isNothing(value) {
  if (Array.isArray(value)) return value.every(isNothing);
  if (value !== null && typeof value === "object") {
    return Object.entries(value).every(([name, one]) => name === "_id" || isNothing(one));
  }
  return value === undefined || value === null || (typeof value === "string" && !value.trim());
}

/**
 * Whether the page can show all of a value: a newer version may have written something else.
 * @param {Question} question
 * @param {any} value
 * @returns {boolean}
 */
export function fits(question, value) {
  if (value === null) return true;
  const { type, options = [], min = 0, max = 10, fields = {} } = question;
  const isOption = (/** @type {any} */ one) => options.some((option) => option.value === one);
  switch (type) {
    case "slider":
      return typeof value === "number" && value >= min && value <= max;
    case "choice":
      return isOption(value);
    case "choices":
      return Array.isArray(value) && value.every(isOption);
    case "date":
      return value === "" || day(value) !== undefined;
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
 * A value as plain words; "" where there is nothing. What the page doesn't know is said as it is.
 * @param {Question} question
 * @param {any} value
 * @param {Speech} speech
 * @returns {string}
 */
export function words(question, value, speech) {
  if (isNothing(value)) return "";
  const { type, options = [], max = 10, fields = {} } = question;
  const label = (/** @type {any} */ one) =>
    options.find((option) => option.value === one)?.label ?? plain(one);
  if (type === "slider" && typeof value === "number") return speech.slider(value, max);
  if (type === "choice") return label(value);
  if (type === "choices" && Array.isArray(value)) return speech.list(value.map(label));
  if (type === "date") {
    const when = day(value);
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
    const said = words(question, item?.[name], speech);
    return said && `${question.label}\n${said}`;
  });
  return lines.filter(Boolean).join("\n");
}

/** @param {any} value */
const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** The day that "2026-11-22" names, in the reader's own time zone. @param {any} text */
export function day(text) {
  const [, year, month, date] = DAY.exec(text)?.map(Number) ?? [];
  if (!year) return undefined;
  const when = new Date(year, month - 1, date);
  return when.getMonth() === month - 1 && when.getDate() === date ? when : undefined;
}

/** "2026-11-22" of a moment, in the reader's own time zone. @param {Date} when */
export function isoDay(when) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${String(when.getFullYear()).padStart(4, "0")}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
}

/** @param {string} type */
export const canKeepBoth = (type) => ["text", "long", "choices", "group"].includes(type);

/**
 * Several versions put together, the first one first.
 * @param {Question} question
 * @param {any[]} versions
 */
export function keepBoth({ type, options = [] }, versions) {
  if (type === "choices") {
    const all = [...new Set(versions.flat())];
    const place = new Map(options.map(({ value }, index) => [value, index]));
    return all.sort((a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity));
  }
  if (type === "group") return together(versions.flat());
  const texts = versions.filter((version) => !isNothing(version));
  return texts.join(type === "long" ? "\n\n" : " · ");
}

/**
 * Items that both have stand once; one that was changed on both sides stands twice.
 * @param {Item[]} items
 * @returns {Item[]}
 */
function together(items) {
  /** @type {Item[]} */
  const kept = [];
  for (const item of items) {
    const twins = kept.filter((one) => one._id === item._id);
    if (twins.some((twin) => sameItem(twin, item))) continue;
    kept.push(twins.length ? { ...item, _id: `${item._id}${"+".repeat(twins.length)}` } : item);
  }
  return kept;
}

/** @param {Item} a @param {Item} b */
function sameItem(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
}
