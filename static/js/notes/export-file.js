// Everything that was written, as a file for the reader to keep.

/**
 * "practice-notes-2026-11-22.json": a shared phone shows it among the downloads, so it carries the
 * name that the home screen has, and nothing else.
 *
 * @param {string} name
 * @param {Date} when
 */
export function fileName(name, when) {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const day = [when.getFullYear(), when.getMonth() + 1, when.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  return [plain, "notes", day].filter(Boolean).join("-") + ".json";
}

/** Hand the file to the browser's downloads. @param {string} name @param {object} content */
export function download(name, content) {
  const text = JSON.stringify(content, null, 2) + "\n";
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Safari reads the blob only after a moment.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
