/** A small worksheet as worksheets.json has it. */

/** @typedef {Record<string, any> & { name: string }} Question */

/**
 * @param {string} name @param {string} label @param {Record<string, string>} labels of the options
 * @param {string} [type]
 */
export const choices = (name, label, labels, type = "choices") => ({
  name,
  type,
  label,
  options: Object.entries(labels).map(([value, of]) => ({ value, label: of })),
});

/** @param {string} name @param {string} item @param {Question[]} fields */
export const group = (name, item, ...fields) => ({
  name,
  type: "group",
  label: `${item}s`,
  item,
  fields,
});

/** @param {string} name @param {string} label */
export const line = (name, label) => ({ name, type: "text", label });

/** @param {number} revision @param {Record<string, Question[]>} sections by title */
export const diary = (revision, sections) => ({
  slug: "diary",
  title: "Diary",
  revision,
  sections: Object.entries(sections).map(([title, fields]) => ({
    name: title.toLowerCase(),
    title,
    fields,
  })),
});
