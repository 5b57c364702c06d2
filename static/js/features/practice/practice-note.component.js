// The page of one stored practice note.
import { KeptNote } from "./note-page.js";

/** @type {import("../../main.js").Start} */
export default async function start(page, signal) {
  await new KeptNote(page, signal).look();
}
