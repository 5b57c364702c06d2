/** One style sheet from SCSS, and its mirror for languages that run from right to left. */
import { join } from "node:path";
import { transform } from "esbuild";
import postcss from "postcss";
import rtlcss from "rtlcss";
import { compile } from "sass";
import { dropUnused, hashedAddresses, tokenColours } from "./colours.mjs";

/**
 * @param {import("./output.mjs").Output} output fonts must be in it already
 * @param {string} root
 */
export async function buildStyles(output, root) {
  const source = join(root, "static", "css", "app.scss");
  const { css } = compile(source, { loadPaths: [join(root, "node_modules")], quietDeps: true });
  const plugins = [dropUnused, tokenColours, hashedAddresses(output)];
  const ours = await postcss(plugins).process(css, { from: source });
  // nhsuk's CSS speaks of left and right; ours is logical, and rtlcss leaves it as it is.
  const mirrored = await postcss([rtlcss()]).process(ours.css, { from: source });
  output.add("css/app.css", await minify(ours.css));
  output.add("css/app.rtl.css", await minify(mirrored.css));
}

/** @param {string} css */
async function minify(css) {
  const { code, warnings } = await transform(css, {
    loader: "css",
    minify: true,
    target: "safari16",
    legalComments: "none",
  });
  if (warnings.length > 0) throw new Error(warnings.map((one) => one.text).join("; "));
  return code;
}
