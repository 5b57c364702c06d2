/** The notices that the bundled packages' licences ask to keep with every copy. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// What reaches the browser without passing through the script bundler.
const BESIDE = [
  "nhsuk-frontend",
  "@fontsource/atkinson-hyperlegible-next",
  "@fontsource/noto-naskh-arabic",
  "@fontsource/opendyslexic",
];
// Packages that leave their licence out; the holder is the one their repository names.
/** @type {Record<string, string>} */
const HOLDERS = { "nhsuk-frontend": "Copyright (c) 2019 NHS.UK" };
const FILES = ["LICENSE", "LICENSE.md", "LICENCE", "LICENCE.md", "LICENSE.txt", "license"];

/**
 * @param {import("./output.mjs").Output} output
 * @param {string} packages the node_modules folder
 * @param {string[]} inputs source files that were bundled, relative to the root
 */
export function buildLicences(output, packages, inputs) {
  const bundled = inputs.flatMap((file) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
    return name ? [name[1]] : [];
  });
  const names = [...new Set([...bundled, ...BESIDE])].sort();
  output.add(
    "licences.txt",
    names.map((name) => notice(packages, name)).join(`\n${"-".repeat(72)}\n\n`),
  );
}

/**
 * @param {string} packages
 * @param {string} name
 */
function notice(packages, name) {
  const folder = join(packages, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = FILES.map((one) => join(folder, one)).find((one) => existsSync(one));
  const text = file ? readFileSync(file, "utf8") : mitFor(packages, name, license);
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/**
 * The MIT licence with that package's holder; the words are those of our own licence.
 * @param {string} packages
 * @param {string} name
 * @param {string} license what its package.json says
 */
function mitFor(packages, name, license) {
  if (license !== "MIT" || !HOLDERS[name]) throw new Error(`${name} carries no licence file`);
  const ours = readFileSync(join(packages, "..", "LICENSE"), "utf8");
  return `MIT License\n\n${HOLDERS[name]}\n\n${ours.slice(ours.indexOf("Permission is"))}`;
}
