// Back closes what fills the screen. Otherwise it would leave the page beneath.

/**
 * Add a history entry for something that fills the screen.
 * @param {() => void} close called once, when the entry has been left
 * @returns {() => void} leaves the entry, and so closes it
 */
export function closedByBack(close) {
  // After a reload, an entry of the document before may still be there.
  const id = Math.random();
  history.pushState({ ...history.state, onTop: id }, "");
  const isOnTop = () => history.state?.onTop === id;
  const left = new AbortController();
  const onLeft = () => {
    left.abort();
    close();
  };
  addEventListener("popstate", () => isOnTop() || onLeft(), { signal: left.signal });
  return () => {
    if (left.signal.aborted) return;
    // If the reader went to another page, its entry is the current one.
    if (isOnTop()) history.back();
    else onLeft();
  };
}
