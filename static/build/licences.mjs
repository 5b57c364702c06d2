/** Collects the notices that the licences of bundled packages require in every copy. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Packages that reach the browser without passing through the script bundler.
const NOT_BUNDLED = [
  "nhsuk-frontend",
  "@fontsource/atkinson-hyperlegible-next",
  "@fontsource/noto-naskh-arabic",
  "@fontsource/opendyslexic",
];
// Packages without a licence file. The copyright holder is the one that the package's repository names.
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
  const names = [...new Set([...bundled, ...NOT_BUNDLED])].sort();
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
  const file = FILES.map((base) => join(folder, base)).find((path) => existsSync(path));
  const text = file ? readFileSync(file, "utf8") : mitFor(packages, name, license);
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/**
 * Return the MIT licence with the package's copyright holder. The text comes from our own LICENSE file.
 * @param {string} packages
 * @param {string} name
 * @param {string} license the name in its package.json
 */
function mitFor(packages, name, license) {
  if (license !== "MIT" || !HOLDERS[name]) throw new Error(`${name} carries no licence file`);
  const ours = readFileSync(join(packages, "..", "LICENSE"), "utf8");
  return `MIT License\n\n${HOLDERS[name]}\n\n${ours.slice(ours.indexOf("Permission is"))}`;
}
