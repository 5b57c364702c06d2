// A regular time to practise. The calendar file is made in the browser, so that this works offline and no server learns
// of it.
import { say, toast } from "../../platform/dom.js";
import { toBase64url } from "../../data/base64.js";
import { gettext } from "../../platform/i18n.js";
import { calendarFile, cleanTitle } from "./calendar-file.js";

const FILE = "practice-time.ics";

/** @type {import("../../platform/page.js").Start} */
export default function start(form) {
  if (!(form instanceof HTMLFormElement)) return;
  // The page shows its own messages instead of the browser's.
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = missingIn(form);
    showProblem(form, missing?.text ?? null);
    if (missing) missing.field.focus();
    else save(form);
  });
  form.addEventListener("input", () => showProblem(form, null));
}

/** @param {HTMLFormElement} form */
function save(form) {
  const values = new FormData(form);
  const template = /** @type {HTMLTemplateElement} */ (
    form.querySelector("template[data-calendar]")
  );
  const text = calendarFile(
    template.content.textContent ?? "",
    {
      title: String(values.get("title")),
      days: values.getAll("day").map(String),
      at: String(values.get("time")).slice(0, 5),
      minutes: Number(values.get("minutes")),
      reminder: values.has("reminder"),
      link: values.has("link") ? location.origin + template.dataset.link : null,
    },
    {
      now: new Date(), // Unlike randomUUID, this exists at addresses without https.
      uid: toBase64url(crypto.getRandomValues(new Uint8Array(16))),
    },
  );
  const address = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = FILE;
  link.click();
  // Safari reads the blob a moment later, so the address must stay valid until then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  toast(gettext("Saved as %(file)s. Open it to add it to your calendar.", { file: FILE }));
}

/**
 * Return what to say about the first field that is not filled in, and the field.
 * @param {HTMLFormElement} form
 * @returns {{text: string, field: HTMLElement} | null}
 */
function missingIn(form) {
  const field = (/** @type {string} */ selector) =>
    /** @type {HTMLInputElement} */ (form.querySelector(selector));
  const [day, time, title] = [field("[name=day]"), field("[name=time]"), field("[name=title]")];
  if (!form.querySelector("[name=day]:checked")) {
    return { text: gettext("Choose at least one day."), field: day };
  }
  if (!/^\d\d:\d\d/.test(time.value)) {
    return { text: gettext("Choose a time, such as 19:30."), field: time };
  }
  if (cleanTitle(title.value)) return null;
  return { text: gettext("Write what the calendar shows. One word is enough."), field: title };
}

/** @param {HTMLFormElement} form @param {string | null} problem */
function showProblem(form, problem) {
  const line = form.querySelector("[data-problem]");
  const words = line?.querySelector("span");
  if (!(line instanceof HTMLElement) || !words) return;
  line.hidden = problem === null;
  say(words, problem ?? "");
}
