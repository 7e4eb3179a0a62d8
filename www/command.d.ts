/** The types of `window.headstart`, the one global that Headstart adds to a page. */

/** What a page may tell about a user, an account or an event: what JSON can express. */
export type Properties = Record<string, unknown>;

/** One call, kept until the widget is there: when it was made (ms since 1970), and its arguments. */
export type Call = [time: number, args: ArrayLike<unknown>];

/** The calls made so far. Pushing a call to it is the same as making it. */
export type CallQueue = Call[];

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
  anonymousId: string;
  userId?: string;
  /** The collector's answer to `POST /v1/boot`, as parsed by the browser. */
  boot: Boot;
  /** Every call kept so far, oldest first, its arguments a true array. */
  calls: [time: number, args: unknown[]][];
}

/** The part of the boot answer that the loader reads. */
export interface Boot {
  content: unknown[];
  settings?: { always_load?: boolean };
}

/** The running widget. */
export interface Handle {
  call(time: number, args: unknown[]): unknown;
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
  interface Document {
    /** True while the browser renders the page ahead of a visit (Chromium). */
    readonly prerendering?: boolean;
  }
}
