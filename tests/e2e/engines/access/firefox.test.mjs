/** Assistive technology in Firefox. */
import { describe } from "node:test";
import { accessIn } from "./suite.mjs";

describe("in Firefox", () => accessIn("firefox"));
