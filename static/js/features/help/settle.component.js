// The help page: "Something to settle with".
import { ChosenView } from "./settle.js";

/** @type {import("../../main.js").Start} */
export default async function start(root, signal) {
  await new ChosenView(root, signal).begin();
}
