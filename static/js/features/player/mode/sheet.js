// Loads the style sheet of the listening mode. Only those who open the mode need it.

/**
 * Load a style sheet once.
 * @param {string} address
 * @returns {Promise<void>} rejected if it can't be had
 */
export function loadSheet(address) {
  if (document.querySelector(`link[rel=stylesheet][href="${address}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`${address} could not be loaded`));
    };
    document.head.append(link);
  });
}
