// Everything that was written, as a file for the reader to keep.

/**
 * "practice-notes-2026-11-22.json": a shared phone shows it among the downloads, so it carries the
 * name that the home screen has, and nothing else.
 *
 * @param {string} name
 * @param {Date} when
 * @param {string} ending
 */
export function fileName(name, when, ending) {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const day = [when.getFullYear(), when.getMonth() + 1, when.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  return `${[plain, "notes", day].filter(Boolean).join("-")}.${ending}`;
}

/** Hand the file to the browser's downloads. @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Safari reads the blob only after a moment.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
