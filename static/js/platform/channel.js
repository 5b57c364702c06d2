// Messages between this site's tabs.

/**
 * Open a channel. Where the browser has none or refuses it, the tabs don't hear each other, and nothing else breaks.
 * @param {string} name
 * @returns {Pick<BroadcastChannel, "postMessage" | "addEventListener" | "close">}
 */
export function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return Object.assign(new EventTarget(), { postMessage() {}, close() {} });
  }
}
