import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {any} */
export default {
  output: "export",
  distDir: "dist",
  // Else it takes the outermost lock file for the project's.
  turbopack: { root },
};
