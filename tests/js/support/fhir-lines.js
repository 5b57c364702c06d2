// For tests/web/test_fhir_answers.py: a line with entries comes in, a line with their Bundle goes out. The first
// line is worksheets.json.
import { createInterface } from "node:readline";
import { Worksheets } from "../../../static/js/answers/worksheets.js";
import { asBundle } from "../../../static/js/features/notes/fhir.js";
import "./english-page.js";

/** @type {Worksheets | undefined} */
let worksheets;
for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (worksheets) console.log(JSON.stringify(asBundle(told, worksheets)));
  else worksheets = new Worksheets(told);
}
