import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

const MINUTE = 60_000;

/** A page that can be left and come back to. */
function openPage() {
  const page = Object.assign(new EventTarget(), { hidden: false });
  globalThis.document = /** @type {any} */ (page);
  const window = new EventTarget();
  globalThis.addEventListener = window.addEventListener.bind(window);
  const show = (hidden) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { leave: () => show(true), comeBack: () => show(false) };
}

async function watch(after) {
  const page = openPage();
  const { IdleTimer } = await import("../../../static/js/session/idle-timer.js");
  const over = mock.fn();
  const away = new IdleTimer(over);
  away.after = after;
  return { ...page, away, times: () => over.mock.callCount() };
}

/** No timer of before goes off any more. */
function wakeAt(now) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now });
}

beforeEach(() => wakeAt(Date.UTC(2026, 0, 2)));

test("nothing happens to who stays, however long", async () => {
  const { times } = await watch(1);

  mock.timers.tick(60 * MINUTE);

  assert.equal(times(), 0);
});

test("it is over when the time has passed, and not before", async () => {
  const { leave, comeBack, times } = await watch(5);
  leave();
  mock.timers.tick(5 * MINUTE - 1);
  comeBack();
  assert.equal(times(), 0);

  leave();
  mock.timers.tick(5 * MINUTE);

  assert.equal(times(), 1);
});

test("short absences don't add up", async () => {
  const { leave, comeBack, times } = await watch(5);

  for (let day = 0; day < 10; day += 1) {
    leave();
    mock.timers.tick(4 * MINUTE);
    comeBack();
  }

  assert.equal(times(), 0);
});

test("a phone that slept through its timers notices on waking", async () => {
  const { leave, comeBack, times } = await watch(5);
  leave();
  wakeAt(Date.now() + 6 * MINUTE);
  assert.equal(times(), 0);

  comeBack();

  assert.equal(times(), 1);
});

test("chosen so, it is over at once", async () => {
  const { leave, times } = await watch(0);

  leave();

  assert.equal(times(), 1);
});

test("a clock that is set back doesn't make the time longer than it was", async (t) => {
  let steady = 1_000;
  t.mock.method(performance, "now", () => steady);
  const { leave, away } = await watch(5);
  leave();

  wakeAt(Date.now() - 365 * 24 * 60 * MINUTE);
  steady += 6 * MINUTE;

  assert.equal(away.isOver, true);
});
