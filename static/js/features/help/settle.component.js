// The help page: "Something to settle with".
import { SettleView } from "./settle.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(root, signal) {
  await new SettleView(root, signal).begin();
}
