// Loads a style sheet that is needed only once something is used.

/** A sheet that takes longer can't be had: on a line that stands still, a browser waits for ever. In ms. */
const TIMEOUT = 10_000;

/**
 * Load a style sheet once.
 * @param {string} address
 * @returns {Promise<void>} rejected if it can't be had
 */
export function loadSheet(address) {
  if (document.querySelector(`link[rel=stylesheet][href="${address}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  // The page's own sheets tell its build (router/documents.js). This one doesn't.
  link.dataset.added = "";
  link.href = address;
  return new Promise((resolve, reject) => {
    const fail = () => {
      link.remove();
      reject(new Error(`${address} could not be loaded`));
    };
    const timer = setTimeout(fail, TIMEOUT);
    link.onload = () => {
      clearTimeout(timer);
      resolve();
    };
    link.onerror = fail;
    document.head.append(link);
  });
}
