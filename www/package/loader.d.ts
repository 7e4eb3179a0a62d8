/** The loader as a module, which the build makes of `www/headstart.js`. */
import type { Script } from "./loading.js";

export function load(script: Script): void;
