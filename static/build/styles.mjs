/**
 * Builds one style sheet from SCSS, and its mirror for languages that are written from right to left. What is
 * needed only once somebody listens, or reads in another way than the usual, has sheets of its own.
 */
import { join } from "node:path";
import { transform } from "esbuild";
import postcss from "postcss";
import rtlcss from "rtlcss";
import { compile } from "sass";
import { NHSUK_COLOURS, dropUnused, hashedAddresses, tokenColours } from "./colours.mjs";

/**
 * @param {import("./output.mjs").Output} output fonts must be in it already
 * @param {string} root
 */
export async function buildStyles(output, root) {
  const theirs = await prepare(root, "nhsuk.scss", [dropUnused, tokenColours(NHSUK_COLOURS)]);
  const ours = await prepare(root, "app.scss", [tokenColours({}), hashedAddresses(output)]);
  const sheet = theirs + ours;
  // rtlcss swaps left and right in nhsuk's CSS. Ours has logical properties, which rtlcss leaves as they are.
  const mirrored = await postcss([rtlcss()]).process(sheet, { from: undefined });
  output.add("css/app.css", await minify(sheet));
  output.add("css/app.rtl.css", await minify(mirrored.css));
  // These have logical properties only.
  for (const name of ["listening", "reading"]) {
    const later = await prepare(root, `${name}.scss`, [tokenColours({}), hashedAddresses(output)]);
    output.add(`css/${name}.css`, await minify(later));
  }
}

/**
 * Compile an SCSS file and apply PostCSS plugins.
 * @param {string} root
 * @param {string} name of a file in static/css
 * @param {import("postcss").AcceptedPlugin[]} plugins
 */
async function prepare(root, name, plugins) {
  const from = join(root, "static", "css", name);
  const { css } = compile(from, { loadPaths: [join(root, "node_modules")], quietDeps: true });
  return (await postcss(plugins).process(css, { from })).css;
}

/** @param {string} css */
async function minify(css) {
  const { code, warnings } = await transform(css, {
    loader: "css",
    minify: true,
    target: "safari16",
    legalComments: "none",
  });
  if (warnings.length > 0) throw new Error(warnings.map((warning) => warning.text).join("; "));
  return code;
}
