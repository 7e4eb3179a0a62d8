/** The types of `window.headstart`, the one global that Headstart adds to a page. */

/** What a page may tell about a user, an account or an event: what JSON can express. */
export type Properties = Record<string, unknown>;

/** One call, kept until the widget is there: when it was made (ms since 1970), and its arguments. */
export type Call = [time: number, args: ArrayLike<unknown>];

/**
 * One call as the loader keeps it: its arguments are a true array. From `anonymousId` on, what it was
 * for whom, if they may be named: the widget may come when somebody else is there.
 */
export type Kept = [
  time: number,
  args: unknown[],
  anonymousId?: string,
  userId?: string | null,
  /** The name under which the project's storage has it, without the first argument's options. */
  name?: string,
];

/** Takes calls: pushing one is the same as making it. */
export interface CallQueue {
  push(call: Call): unknown;
}

/** Proof of who the user is. */
export interface IdentifyOptions {
  /** A JWT signed by the customer's backend. */
  token?: string;
}

/**
 * `window.headstart(...)`. Before the widget is loaded every call is kept, with its time, and
 * answers `undefined`; it never throws, before or after.
 */
export interface Command {
  (
    name: "identify",
    userId: string | number,
    traits?: Properties | null,
    options?: IdentifyOptions,
  ): void;
  (name: "group", accountId: string | number, traits?: Properties | null): void;
  (name: "track", event: string, properties?: Properties | null): void;
  (name: "page", page?: string, properties?: Properties | null): void;
  (name: "show" | "dismiss", contentId: string): void;
  (name: "complete", contentId: string, taskId: string): void;
  /** Speaks another language from now on, as a tag such as `de` or `pt-BR`. */
  (name: "language", language: string): void;
  (name: "on", event: string, callback: (detail: unknown) => void): void;
  (name: "consent", answer: "granted" | "denied"): void;
  (name: "reset" | "destroy"): void;
  (name: "debug" | "explain"): unknown;

  /** Present from the moment the first call was made, or the loader has run. */
  q?: CallQueue;
  /** The project that runs on this page; absent while only the inline stub is there. */
  readonly writeKey?: string;
}

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
  /** Names of query parameters that may be sent, with commas between; no other part of a query is. */
  query?: string;
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

/** The module that wasm-bindgen writes around the widget's wasm. */
export interface Glue {
  default(options: { module_or_path: Promise<Response> }): Promise<unknown>;
  start(options: StartOptions): Handle | undefined | Promise<Handle | undefined>;
}

declare global {
  /** Only there after the inline stub or the loader: test `window.headstart` where neither is sure. */
  var headstart: Command;
  interface Window {
    headstart?: Command;
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
