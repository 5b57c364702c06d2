// Names and downloads the file with all notes.

/**
 * Return a file name such as "practice-notes-2026-11-22.json". On a shared phone, other people see it among the
 * downloads. So it contains the name that the app has on the home screen, and says nothing else about the app.
 *
 * @param {string} name of the app on the home screen
 * @param {Date} when
 * @param {string} ending without its full stop
 */
export function fileName(name, when, ending) {
  const cleanName = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const day = [when.getFullYear(), when.getMonth() + 1, when.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  return `${[cleanName, "notes", day].filter(Boolean).join("-")}.${ending}`;
}

/** Save a text among the browser's downloads. @param {string} name @param {string} text @param {string} type of file */
export function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the blob only a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
