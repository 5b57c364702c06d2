import "../../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { moment } from "../../../../static/js/platform/dates.js";
import { asText } from "../../../../static/js/features/notes/share.js";

const CHANGED = Date.UTC(2026, 10, 22, 12);
const WHEN = moment(CHANGED);
/** @param {object} own @returns {any} */
const note = (own) => ({ title: "My note", changed: CHANGED, letter: [], parts: [], ...own });
const answer = { name: "a", type: "text", label: "What?", texts: ["The bus"] };

test("a note as text has its questions, its answers and the items of a group", () => {
  const items = [{ label: "Number 1", answers: [answer] }];
  const group = { name: "g", type: "group", label: "Steps", texts: [], items };

  const text = asText(note({ parts: [{ title: "Now", answers: [answer, group] }] }));

  assert.equal(
    text,
    `My note\n${WHEN}\n\nNow\n\nWhat?\nThe bus\n\nSteps\nNumber 1\nWhat?\nThe bus\n`,
  );
});

test("a letter as text is its paragraphs, then what is said about it", () => {
  const parts = [{ title: "About this letter", answers: [answer] }];

  const text = asText(note({ letter: ["Dear me,", "Rest."], parts }));

  assert.equal(
    text,
    `My note\n${WHEN}\n\nDear me,\n\nRest.\n\nAbout this letter\n\nWhat?\nThe bus\n`,
  );
});
