/**
 * Builds the front end into hearth_cft/assets: `node static/build.mjs`, from the root of the repository.
 * The same sources give the same bytes and names. Prints one line for each problem, and then exits with status 1.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildFonts } from "./build/fonts.mjs";
import { buildLicences } from "./build/licences.mjs";
import { Output } from "./build/output.mjs";
import { buildScripts } from "./build/scripts.mjs";
import { buildStyles } from "./build/styles.mjs";

const root = process.cwd();
const packages = join(root, "node_modules");
const output = new Output(join(root, "hearth_cft", "assets"));

/** Add the pictures of a folder. @param {string} kind a folder of pictures under static */
function copyPictures(kind) {
  const folder = join(root, "static", kind);
  // readme.png is only for the repository's front page.
  const names = readdirSync(folder).filter((name) => /^(?!readme).*\.(png|svg)$/.test(name));
  for (const name of names.sort()) output.add(`${kind}/${name}`, readFileSync(join(folder, name)));
}

/** Print what a step threw. @param {unknown} error */
function report(error) {
  const failure = /** @type {{errors?: import("esbuild").Message[], message?: string}} */ (error);
  const lines = failure.errors?.map(
    ({ text, location }) => `${location ? `${location.file}:${location.line}: ` : ""}${text}`,
  ) ?? [String(failure.message ?? error).split("\n")[0]];
  for (const line of lines) console.error(`static/build: ${line}`);
  process.exitCode = 1;
}

/** @param {() => Promise<void> | void} step */
async function attempt(step) {
  try {
    await step();
  } catch (error) {
    report(error);
  }
}

// One run reports every problem. If there is any, nothing is written and the last good build stays.
await attempt(() => copyPictures("icons"));
await attempt(() => copyPictures("pictures"));
await attempt(() => buildFonts(output, packages));
await attempt(() => buildStyles(output, root));
await attempt(async () => buildLicences(output, packages, await buildScripts(output, root)));
if (!process.exitCode) output.write();
