/** What the scripts of the host pages put on the page, for tests to read. */
interface Window {
  hostErrors: string[];
  violations: { violatedDirective: string; blockedURI: string; sample: string }[];
  changedBuiltIns: () => string[];
  addedGlobals: () => string[];
  /** Whether the widget has started. */
  ready: boolean;
  /** Of each time the page was shown, whether it came from the back/forward cache. */
  shows: boolean[];
  /** What Headstart wrote to the console. */
  said: string[];
  /** A test has a page that draws itself anew all the time stand still. */
  still?: boolean;
  take: (ids: string[]) => void;
  takeAndTell: (id: string) => void;
  /** What a screen reader was told, and how urgently. */
  announced: { level: string; text: string }[];
  /** The events that the widget listens to on what it has drawn. */
  listened: string[];
  /** The keys that the page heard of, and whether somebody kept the browser from what it does on them. */
  heard: { type: string; key: string; code: string; kept: boolean }[];
  /** What is wrong with these states of the gallery. */
  inspect: (names: string[], look: import("./access/findings.js").Look) => Promise<string[]>;
  /** The page's buttons and callbacks that were pressed. */
  pressed: string[];
}
