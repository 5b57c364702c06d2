/**
 * Fewer files. Left alone, esbuild makes a file of every set of modules that the same entries need:
 * dozens of a few hundred bytes, each of which costs a phone more than that in headers and waiting.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** @typedef {import("esbuild").Metafile["inputs"]} Inputs */

/**
 * A plugin that keeps in one file some modules and all that they import statically, apart from what an
 * earlier file has. Who needs some of it gets all of it: choose modules that come together anyway.
 * @param {Inputs} inputs the modules, as a pass without this plugin found them
 * @param {string} root of the repository
 * @param {{entry: string, files: string[][]}} names modules relative to the root; nobody imports the entry
 * @returns {import("esbuild").Plugin}
 */
export function together(inputs, root, { entry, files }) {
  const groups = groupsOf(inputs, entry, files);
  return {
    name: "together",
    setup({ onLoad }) {
      onLoad({ filter: /\/static\/js\/.*\.js$/ }, ({ path }) => {
        const name = relative(root, path);
        const needed = reach(inputs, [name]);
        // Imports of nothing change one thing only: modules that the same entries need share a file.
        const imports = groups
          .filter((group) => !group.includes(name) && group.some((one) => needed.has(one)))
          .flat()
          .map((one) => `import ${JSON.stringify(join(root, one))};`);
        return { contents: [readFileSync(path, "utf8"), ...imports].join("\n") };
      });
    },
  };
}

/** @param {Inputs} inputs @param {string} entry @param {string[][]} files @returns {string[][]} */
function groupsOf(inputs, entry, files) {
  const taken = new Set([entry]);
  return files.map((names) => {
    const group = [...reach(inputs, names)].filter((name) => !taken.has(name));
    for (const name of group) taken.add(name);
    return group;
  });
}

/** Modules and all that they import statically. @param {Inputs} inputs @param {string[]} from */
function reach(inputs, from) {
  const found = new Set(from);
  for (const name of found) {
    for (const { path, kind } of inputs[name]?.imports ?? []) {
      if (kind === "import-statement") found.add(path);
    }
  }
  return found;
}
