// The eye in the header: the page goes at once, and Back doesn't bring it up again.

/** @type {import("../main.js").Start} */
export default function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const hide = () => location.replace(link.href);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    hide();
  });
  let presses = 0;
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) hide();
  });
}
