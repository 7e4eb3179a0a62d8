/** What the scripts of the host pages put on the page, for tests to read. */
interface Window {
  hostErrors: string[];
  violations: { violatedDirective: string; blockedURI: string; sample: string }[];
  changedBuiltIns: () => string[];
  addedGlobals: () => string[];
}
