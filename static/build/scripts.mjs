/** Builds the page scripts (ES modules), the classic theme script and the service worker. */
import { posix } from "node:path";
import { build } from "esbuild";
import { together } from "./together.mjs";

const TARGET = ["es2022", "safari16"];
const ENTRY = "static/js/main.js";
const COMPONENT = ".component.js";
const ANSWERS = "static/js/answers/";
// Modules that share a file (together.mjs).
const FILES = [
  // Every page needs these, or most pages do.
  [ENTRY, "static/js/audio/preferences.js", "static/js/downloads/hex.js", `${ANSWERS}address.js`],
  // For pages that open what the user wrote.
  ["static/js/session/vault.js"],
  // For pages that show it.
  [`${ANSWERS}values.js`, `${ANSWERS}radius.js`],
  // For pages on which it is written.
  [
    `${ANSWERS}entry-form.js`,
    `${ANSWERS}fields.js`,
    `${ANSWERS}save-line.js`,
    `${ANSWERS}leaving.js`,
  ],
  // For pages that switch between views, most of which have a list.
  ["static/js/platform/views.js", "static/js/platform/keyed.js"],
  // For pages that save recordings.
  [
    "static/js/downloads/recordings.js",
    "static/js/downloads/texts.js",
    "static/js/downloads/queue.js",
  ],
  // For pages that play recordings.
  ["static/js/audio/listening.js", "static/js/audio/controls.js", "static/js/audio/keys.js"],
];

/**
 * @param {import("./output.mjs").Output} output
 * @param {string} root
 * @returns {Promise<string[]>} all bundled source files, relative to the root
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
 * Build the entry script. Components, and the modules that only they need, become files of their own that are loaded on
 * demand.
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
    const file = outputFiles.find((built) => built.path.endsWith(`/${path}`));
    if (!file) throw new Error(`esbuild named ${path} but did not make it`);
    const hashed = posix.relative("static", path);
    output.keep(logicalName(hashed, entryPoint), hashed, file.contents);
  }
  output.addJson("modules.json", filesOfEntries(metafile));
  output.addJson("sources.json", sourcesOfWords(inputs));
  return metafile;
}

/**
 * List the source files whose messages a page needs. Every page needs those under "". A page with a component also
 * needs those under the component's name, which include everything that the component loads in turn.
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @returns {Record<string, string[]>} "" or a component's name -> sources, relative to the root
 */
function sourcesOfWords(inputs) {
  const loaded = inputs[ENTRY].imports.filter(
    ({ path, kind }) => kind === "dynamic-import" && path.endsWith(COMPONENT),
  );
  const components = loaded.map(({ path }) => path);
  const everywhere = reached(inputs, ENTRY, new Set(components));
  const own = components.map((path) => {
    const sources = [...reached(inputs, path, everywhere)].filter(
      (source) => !everywhere.has(source),
    );
    return [posix.basename(path, COMPONENT), sources];
  });
  return { "": [...everywhere], ...Object.fromEntries(own) };
}

/**
 * Return a source file and everything that it imports, statically or dynamically.
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @param {string} from
 * @param {Set<string>} border sources that are left out
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
 * List the files that the entry script and each component need before they run, so that a page can request all of
 * them at once.
 * @param {import("esbuild").Metafile} metafile
 * @returns {Record<string, string[]>} "" or a component's name -> addresses
 */
function filesOfEntries({ outputs }) {
  const entries = Object.entries(outputs).filter(
    ([, { entryPoint }]) => entryPoint === ENTRY || entryPoint?.endsWith(COMPONENT),
  );
  return Object.fromEntries(
    entries.map(([path, { entryPoint = ENTRY }]) => {
      const files = new Set([path]);
      for (const file of files) {
        for (const { path: other, kind } of outputs[file].imports) {
          if (kind === "import-statement") files.add(other);
        }
      }
      const name = entryPoint === ENTRY ? "" : posix.basename(entryPoint, COMPONENT);
      return [name, [...files].map((file) => `/${file}`)];
    }),
  );
}

/**
 * Return a script's name without a hash; shared chunks keep theirs.
 * @param {string} hashed such as js/player-ABCDEFGH.js
 * @param {string | undefined} entryPoint its source; undefined for a shared chunk
 */
function logicalName(hashed, entryPoint) {
  return entryPoint ? posix.relative("static", entryPoint) : hashed.replace(/^js\//, "js/shared/");
}

/**
 * Build a classic script, not an ES module, as one file.
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

/** Return esbuild's options for all scripts. @param {string} root */
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
