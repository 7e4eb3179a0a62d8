/** Builds the page with webpack, which has a command line only in another package. */
const { copyFileSync } = require("node:fs");
const { join } = require("node:path");
const webpack = require("webpack");

const out = process.argv[2];
webpack(
  {
    mode: "production",
    context: join(__dirname, ".."),
    entry: "./plain/page.js",
    output: { path: out },
    performance: { hints: false },
  },
  (error, stats) => {
    if (error) throw error;
    if (stats.hasErrors() || stats.hasWarnings()) {
      console.error(stats.toString("errors-warnings"));
      process.exitCode = 1;
      return;
    }
    copyFileSync(join(__dirname, "index.html"), join(out, "index.html"));
  },
);
