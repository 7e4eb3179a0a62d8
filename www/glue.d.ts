/** The module that the build makes around the widget's wasm. */
import type { Handle, StartOptions } from "./loading.js";

export default function init(wasm: Promise<Response>): Promise<unknown>;

export function start(options: StartOptions): Handle | undefined;
