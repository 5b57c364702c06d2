// The help page: "Something to help you settle".
import { SettleView } from "./settle.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(root, signal) {
  await new SettleView(root, signal).begin();
}
