import { join } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  // Only because this example is served as files; Headstart does not ask for it.
  output: "export",
  trailingSlash: true,
  distDir: "dist",
  // The packages of all examples are installed one folder up.
  turbopack: { root: join(import.meta.dirname, "..") },
};

export default config;
