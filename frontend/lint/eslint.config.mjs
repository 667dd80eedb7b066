// What the product's own JavaScript may say. Run from the root of the repository.
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import globals from "globals";

export default [
  {
    files: ["gongjian/web/static/gongjian/**/*.js"],
    ...js.configs.recommended,
    languageOptions: {
      ecmaVersion: 2019, // no `?.`, no `??`: the parser refuses what old office browsers cannot read
      sourceType: "script",
      globals: globals.browser,
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: { browsers: ["chrome 92"] },
    plugins: { compat },
    rules: {
      ...js.configs.recommended.rules,
      "compat/compat": "error", // interfaces of the browser that Chromium 92 does not have
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { args: "after-used", argsIgnorePattern: "^_", caughtErrors: "all" }],
      "no-shadow": "error",
      complexity: ["error", 12],
      strict: ["error", "function"],
    },
  },
];
