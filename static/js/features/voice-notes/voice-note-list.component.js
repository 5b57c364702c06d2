// Lists the user's own recordings beside the therapists' recordings. If there are none, nothing is loaded.
import { hasLetters } from "./hint.js";

/** @type {import("../../main.js").Start} */
export default async function start(list, signal) {
  if (!hasLetters()) return;
  const [{ openLetters }, { rowsOf }] = await Promise.all([
    import("./open.js"),
    import("./rows.js"),
  ]);
  const { kept } = await (await openLetters()).list();
  if (!signal.aborted) list.prepend(...rowsOf(list, kept));
}
