// What the browser tells of the connection; many tell nothing.

/** @typedef {EventTarget & {type?: string, saveData?: boolean}} Connection the Network Information API */

/** @returns {Connection | undefined} */
function connection() {
  return /** @type {{connection?: Connection}} */ (navigator).connection;
}

/** Whether bytes cost money, as far as the browser tells. */
export function isMetered() {
  const { type, saveData } = connection() ?? {};
  return saveData === true || type === "cellular";
}

/** Whether it is surely Wi-Fi or a cable, and nobody asked to save data. */
export function isWifi() {
  const { type, saveData } = connection() ?? {};
  return !saveData && (type === "wifi" || type === "ethernet");
}

/** Whether the browser tells what kind of connection it is. */
export function isTold() {
  const { type, saveData } = connection() ?? {};
  return saveData === true || (type !== undefined && type !== "unknown");
}

/** Calls back whenever the network comes, goes or becomes another. @param {() => void} listener @param {AbortSignal} [signal] */
export function onConnection(listener, signal) {
  const options = { signal };
  for (const event of ["online", "offline"]) addEventListener(event, listener, options);
  connection()?.addEventListener?.("change", listener, options);
}
