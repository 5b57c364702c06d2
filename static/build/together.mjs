/**
 * Makes esbuild write fewer files. By default, esbuild makes one file for each set of modules that the same entries
 * need. That gives dozens of files of a few hundred bytes. Each costs a phone more than its size in headers and
 * waiting.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** @typedef {import("esbuild").Metafile["inputs"]} Inputs */

/**
 * Return a plugin that puts each group of modules, and everything that they import statically, into one file. Modules
 * that an earlier file has are left out. A page that needs one module of a file loads the whole file, so group modules
 * that are needed together anyway.
 * @param {Inputs} inputs the modules, from a build without this plugin
 * @param {string} root of the repository
 * @param {{entry: string, files: string[][]}} names modules relative to the root; no module imports the entry
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
        // These imports bind no names. Their only effect is on the files: modules that the same entries need share one.
        const others = groups
          .filter((group) => !group.includes(name) && group.some((member) => needed.has(member)))
          .flat();
        const imports = [...others, ...companions(inputs, name, files)].map(
          (member) => `import ${JSON.stringify(join(root, member))};`,
        );
        return { contents: [readFileSync(path, "utf8"), ...imports].join("\n") };
      });
    },
  };
}

/**
 * Return the modules that are named after this one for the same file. A page may load this one by itself. Those that
 * need this one are left out: two modules that import each other might run in the wrong order.
 * @param {Inputs} inputs
 * @param {string} name
 * @param {string[][]} files
 * @returns {string[]}
 */
function companions(inputs, name, files) {
  const names = files.find((group) => group.includes(name)) ?? [];
  return names.slice(names.indexOf(name) + 1).filter((other) => !reach(inputs, [other]).has(name));
}

/**
 * Return the modules of each file, each module in the first file that needs it.
 * @param {Inputs} inputs
 * @param {string} entry
 * @param {string[][]} files
 * @returns {string[][]}
 */
function groupsOf(inputs, entry, files) {
  const taken = new Set([entry]);
  return files.map((names) => {
    const group = [...reach(inputs, names)].filter((name) => !taken.has(name));
    for (const name of group) taken.add(name);
    return group;
  });
}

/** Return modules and everything that they import statically. @param {Inputs} inputs @param {string[]} from */
function reach(inputs, from) {
  const found = new Set(from);
  for (const name of found) {
    for (const { path, kind } of inputs[name]?.imports ?? []) {
      if (kind === "import-statement") found.add(path);
    }
  }
  return found;
}
