/** Assistive technology in Chromium. */
import { describe } from "node:test";
import { accessIn } from "./suite.mjs";

describe("in Chromium", () => accessIn("chromium"));
