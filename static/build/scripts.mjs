/** Page scripts, the classic theme script and the service worker. */
import { posix } from "node:path";
import { build } from "esbuild";
import { together } from "./together.mjs";

const TARGET = ["es2022", "safari16"];
const ENTRY = "static/js/main.js";
const COMPONENTS = "static/js/components/";
const SHEET = "static/js/worksheet/";
const FILES = [
  // What every page needs, and a little that most do.
  [ENTRY, "static/js/lib/copy.js", "static/js/player/memory.js", `${SHEET}address.js`],
  // What a page needs that opens somebody's words; that shows them; in which they are written.
  ["static/js/lib/vault.js"],
  [`${SHEET}values.js`, `${SHEET}radius.js`],
  [`${SHEET}sheet.js`, `${SHEET}fields.js`, `${SHEET}save-line.js`, `${SHEET}leaving.js`],
  // That keeps recordings; that plays them.
  [
    "static/js/offline/recordings.js",
    "static/js/player/keep-words.js",
    "static/js/keeping/plan.js",
  ],
  ["static/js/player/listening.js", "static/js/player/panel.js", "static/js/player/keys.js"],
];

/**
 * @param {import("./output.mjs").Output} output
 * @param {string} root
 * @returns {Promise<string[]>} every source file that went in, relative to the root
 */
export async function buildScripts(output, root) {
  const results = [
    await buildModules(output, root),
    await buildClassic(root, "static/js/theme.js", (content) => output.add("theme.js", content)),
    await buildClassic(root, "service_worker/sw.js", (content) =>
      output.addPlain("service-worker.js", content),
    ),
  ];
  return [...new Set(results.flatMap(({ inputs }) => Object.keys(inputs)))].sort();
}

/**
 * The entry script; components and what they alone need are split off and loaded on demand.
 * @param {import("./output.mjs").Output} output
 * @param {string} root
 */
async function buildModules(output, root) {
  const options = /** @type {const} */ ({
    ...shared(root),
    entryPoints: { main: ENTRY },
    format: "esm",
    splitting: true,
    entryNames: "js/[name]-[hash]",
    chunkNames: "js/[name]-[hash]",
    outdir: "static",
  });
  const { inputs } = (await build(options)).metafile;
  const plugins = [together(inputs, root, { entry: ENTRY, files: FILES })];
  const { outputFiles, metafile } = await build({ ...options, plugins });
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    const file = outputFiles.find((one) => one.path.endsWith(`/${path}`));
    if (!file) throw new Error(`esbuild named ${path} but did not make it`);
    const hashed = posix.relative("static", path);
    output.keep(logicalName(hashed, entryPoint), hashed, file.contents);
  }
  output.addJson("modules.json", filesOfEntries(metafile));
  output.addJson("sources.json", sourcesOfWords(inputs));
  return metafile;
}

/**
 * Which sources' words a page needs: those of every page, and those of a component that is loaded by
 * the pages that have it, with whatever it loads in turn.
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @returns {Record<string, string[]>} "" or a component's name -> sources, relative to the root
 */
function sourcesOfWords(inputs) {
  const loaded = inputs[ENTRY].imports.filter(
    ({ path, kind }) => kind === "dynamic-import" && path.startsWith(COMPONENTS),
  );
  const components = loaded.map(({ path }) => path);
  const everywhere = reached(inputs, ENTRY, new Set(components));
  const own = components.map((path) => {
    const sources = [...reached(inputs, path, everywhere)].filter((one) => !everywhere.has(one));
    return [posix.basename(path, ".js"), sources];
  });
  return { "": [...everywhere], ...Object.fromEntries(own) };
}

/**
 * A source and all that it imports, at once or later.
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @param {string} from
 * @param {Set<string>} border sources that are not entered
 */
function reached(inputs, from, border) {
  const found = new Set([from]);
  for (const name of found) {
    for (const { path } of inputs[name]?.imports ?? []) {
      if (!border.has(path) && path.startsWith("static/js/")) found.add(path);
    }
  }
  return found;
}

/**
 * What has to come before an entry runs, so that a page can ask for all of it at once.
 * @param {import("esbuild").Metafile} metafile
 * @returns {Record<string, string[]>} logical name -> addresses
 */
function filesOfEntries({ outputs }) {
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint);
  return Object.fromEntries(
    entries.map(([path, { entryPoint }]) => {
      const files = new Set([path]);
      for (const file of files) {
        for (const { path: other, kind } of outputs[file].imports) {
          if (kind === "import-statement") files.add(other);
        }
      }
      return [logicalName(path, entryPoint), [...files].map((file) => `/${file}`)];
    }),
  );
}

/**
 * @param {string} hashed such as js/player-ABCDEFGH.js
 * @param {string | undefined} entryPoint its source, or nothing for a shared chunk
 */
function logicalName(hashed, entryPoint) {
  return entryPoint ? posix.relative("static", entryPoint) : hashed.replace(/^js\//, "js/shared/");
}

/**
 * @param {string} root
 * @param {string} source
 * @param {(content: Uint8Array) => void} add
 */
async function buildClassic(root, source, add) {
  const { outputFiles, metafile } = await build({
    ...shared(root),
    entryPoints: [source],
    format: "iife",
    outdir: "static",
  });
  add(outputFiles[0].contents);
  return metafile;
}

/** @param {string} root */
function shared(root) {
  return /** @type {const} */ ({
    absWorkingDir: root,
    bundle: true,
    minify: true,
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
}
