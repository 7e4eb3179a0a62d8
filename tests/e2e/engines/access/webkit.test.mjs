/** Assistive technology in WebKitGTK. */
import { describe } from "node:test";
import { accessIn } from "./suite.mjs";

describe("in WebKitGTK", () => accessIn("webkit"));
