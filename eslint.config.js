// What `make lint` holds scripts to, beside types and format.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["hearth_cft/assets/**", "node_modules/**", ".venv/**", ".tools/**"] },
  js.configs.recommended,
  {
    rules: {
      // { left, ...rest } is how something is left out.
      "no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
      // Combining marks in a class are meant where they are written as escapes.
      "no-misleading-character-class": ["error", { allowEscape: true }],
    },
  },
  { files: ["static/js/**", "hearth_cft/tools/**"], languageOptions: { globals: globals.browser } },
  { files: ["service_worker/**"], languageOptions: { globals: globals.serviceworker } },
  {
    files: ["static/build/**", "static/build.mjs", "tests/js/**", "*.config.js"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
