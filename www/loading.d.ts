/** Between loader and widget. */
import type { Call } from "./command.js";

/**
 * One call as the loader keeps it: its arguments are a true array. From `anonymousId` on, what it was
 * for whom, if they may be named: the widget may come when somebody else is there.
 */
export type Kept = [
  time: Call[0],
  args: unknown[],
  anonymousId?: string,
  userId?: string | null,
  /** The name under which the project's storage has it, without the first argument's options. */
  name?: string,
];

/** What the widget's `start` is given. */
export interface StartOptions {
  writeKey: string;
  /** Where the collector is, without a trailing slash. */
  endpoint: string;
  /** Absent, as all of the person is, unless the user may be named. */
  anonymousId?: string;
  userId?: string | null;
  token?: string;
  /** What the page told of them, as JSON. */
  traits?: string;
  /** Of the boot's question, which has all of the person: the widget takes it from `dataset`. */
  language?: string;
  /** The script's `data-…` attributes. */
  dataset?: ScriptAttributes;
  /** The collector's answer to `POST /v1/boot`, as parsed by the browser. */
  boot: Boot;
  /** Every call kept so far, oldest first. */
  calls: Kept[];
}

/** The script's attributes, `data-` left out. */
export interface ScriptAttributes {
  writeKey?: string;
  /** Where the collector is, if not where the script is. */
  endpoint?: string;
  /** "required": nobody is tracked before `headstart('consent', 'granted')`. */
  consent?: string;
  /** "ignore": the browser's Global Privacy Control doesn't count as a refusal. */
  gpc?: string;
  /** The language of what is shown, as a tag such as `de`; without it, the user's or the browser's. */
  language?: string;
  /** Who the user is, or empty if nobody is signed in. Without it, the page's calls say it. */
  user?: string;
  /** What is known of them, as JSON of an object. */
  traits?: string;
  /** The JWT that proves it. */
  token?: string;
  /** Which account they belong to. */
  account?: string;
  /** Names of query parameters that may be sent, with commas between; no other part of a query is. */
  query?: string;
}

/** What the loader reads of the script element that it came with. */
export interface Script {
  src: string;
  dataset: ScriptAttributes;
  /** That of the page's policy, if it has any. */
  nonce?: string;
}

/** The part of the boot answer that the loader reads. */
export interface Boot {
  content: unknown[];
  settings?: { always_load?: boolean };
}

/** The running widget. */
export interface Handle {
  call(...call: Kept): unknown;
}

declare global {
  /** Whether the loader is built for the npm package. */
  const PACKAGE: boolean;
  /** Whether it is the loader whose address has a version. */
  const PINNED: boolean;
  /** In the package only: what `init` was given, where else a script element says it. */
  const GIVEN: Script;
  interface Window {
    /** Trusted Types, which not every TypeScript knows of. */
    readonly trustedTypes?: {
      createPolicy<T extends { createScriptURL: (url: string) => string }>(
        name: string,
        rules: T,
      ): T;
    };
  }
  interface Navigator {
    /** Whether the browser asks for its user not to be tracked. */
    readonly globalPrivacyControl?: boolean;
  }
  interface Document {
    /** True while the browser renders the page ahead of a visit (Chromium). */
    readonly prerendering?: boolean;
  }
}
