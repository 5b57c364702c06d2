// Lists the voice notes beside the therapists' recordings. If there are none, nothing is loaded.
import { hasVoiceNotes } from "./hint.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(list, signal) {
  if (!hasVoiceNotes()) return;
  const [{ openVoiceNotes }, { rowsOf }] = await Promise.all([
    import("./open.js"),
    import("./rows.js"),
  ]);
  const { kept } = await (await openVoiceNotes()).list();
  if (!signal.aborted) list.prepend(...rowsOf(list, kept));
}
