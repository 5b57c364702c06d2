// Reads what the browser reports about the connection. Many browsers report nothing.

/** @typedef {EventTarget & {type?: string, saveData?: boolean}} Connection the Network Information API */

/** @returns {Connection | undefined} */
function connection() {
  return /** @type {{connection?: Connection}} */ (navigator).connection;
}

/** Return whether transferred data may cost money: mobile data, or data saving is on. */
export function isMetered() {
  const { type, saveData } = connection() ?? {};
  return saveData === true || type === "cellular";
}

/** Return whether the browser reports Wi-Fi or a cable, and data saving is off. */
export function isWifi() {
  const { type, saveData } = connection() ?? {};
  return !saveData && (type === "wifi" || type === "ethernet");
}

/** Return whether the browser reports the kind of connection, or that data saving is on. */
export function isTold() {
  const { type, saveData } = connection() ?? {};
  return saveData === true || (type !== undefined && type !== "unknown");
}

/**
 * Call `listener` whenever the network returns, goes away or changes to another kind.
 * @param {() => void} listener
 * @param {AbortSignal} [signal]
 */
export function onConnection(listener, signal) {
  const options = { signal };
  for (const event of ["online", "offline"]) addEventListener(event, listener, options);
  connection()?.addEventListener?.("change", listener, options);
}
