// The page of one stored practice note.
import { NotePage } from "./note-page.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  await new NotePage(page, signal).look();
}
