/** What a page can call: the types of `window.headstart`, and of the npm package's functions. */

/** What a page may tell about a user, an account or an event: what JSON can express. */
export type Properties = Record<string, unknown>;

/** Proof of who the user is. */
export interface IdentifyOptions {
  /** A JWT signed by the customer's backend. */
  token?: string;
}

/** Each command with its arguments, and what it answers once the widget is there. */
export interface Commands {
  /** Who the user is. */
  identify(userId: string | number, traits?: Properties | null, options?: IdentifyOptions): void;
  /** Which account they belong to. */
  group(accountId: string | number, traits?: Properties | null): void;
  /** What they did. */
  track(event: string, properties?: Properties | null): void;
  /** Which page they are on, where the address does not say it. */
  page(name?: string | null, properties?: Properties | null): void;
  /** Shows content, also after it was dismissed. */
  show(contentId: string): void;
  /** Sends content away. */
  dismiss(contentId: string): void;
  /** A task is done. */
  complete(contentId: string, taskId: string): void;
  /** Whether tips and tours may come up. */
  tips(wanted: "on" | "off"): void;
  /** Speaks another language from now on, as a tag such as `de` or `pt-BR`. */
  language(language: string): void;
  /** Whether the user agrees to be tracked. */
  consent(answer: "granted" | "denied"): void;
  /** The user has signed out. */
  reset(): void;
  /** Why each piece of content is, or is not, on screen. */
  explain(): Explanation[] | undefined;
  /** The same, live, in a panel, and how the sending goes. */
  debug(): State | undefined;
  /** Takes Headstart off the page, until the page is loaded again. */
  destroy(): void;
}

/** Content that something happened to. */
export interface ContentNotice {
  contentId: string;
}

/** A task that something happened to. */
export interface TaskNotice extends ContentNotice {
  taskId: string;
}

/** What `on` tells of, by name, and what a callback gets. */
export interface Events {
  /** The widget runs, and calls have answers; at once if it runs already. */
  ready: undefined;
  /**
   * An action leads to this path. Unless the callback answers `false`, it has taken the user there;
   * without one, a link of the page that leads there is clicked, or the page is loaded.
   */
  navigate: string;
  /** Content has come up. */
  shown: ContentNotice;
  /** The user opened a checklist, or did one of its tasks. */
  started: ContentNotice;
  /** A task is done, perhaps in another tab, on another device, or as a server says. */
  task_completed: TaskNotice;
  /** The user left a task out. */
  task_skipped: TaskNotice;
  /** The user took a task up again. */
  task_reopened: TaskNotice;
  /** A checklist or a tour is done, or a tip was followed. */
  completed: ContentNotice;
  /** The required tasks of an activation checklist are done. */
  activated: ContentNotice;
  /** A tour has come to another step. */
  step: ContentNotice;
  /** Content was sent away. */
  dismissed: ContentNotice;
  /** Content was put off. */
  snoozed: ContentNotice;
  /** Content that was sent away was called for again. */
  recalled: ContentNotice;
  /**
   * A button calls the page: `action:` and the name that the content has for it. Its content stays until the callback
   * has returned, or, if it answers a promise, until that is kept, ten seconds at most: so long the button is busy. If
   * the callback throws or the promise is broken, the user is told that it didn't work, and may try again.
   */
  [action: `action:${string}`]: ContentNotice & Partial<TaskNotice>;
}

/** A name that `on` takes. */
export type EventName = keyof Events;

/** Is called with what an event carries. What it answers counts for `navigate` and `action:…` only. */
export type Callback<E extends EventName> = (detail: Events[E]) => unknown;

/** How one piece of content stands. */
export interface Explanation {
  content: string;
  shown: boolean;
  /** The first reason why it is not shown. */
  reason: string | null;
  detail: string | null;
  /** What its conditions came to, each in the form of what was written. */
  checks: { audience: Outcome | null; trigger: Outcome | null; tasks: (Outcome | null)[] };
}

/** What one condition came to, and those in it. */
export interface Outcome {
  holds: boolean;
  parts: Outcome[];
}

/** What is going on. */
export interface State {
  anonymousId: string;
  userId: string | null;
  content: Explanation[];
  /** The content itself, as it was published. */
  documents: any[];
  /** The latest events. */
  events: { name: string; at: number; about: string }[];
  /** What waits to be sent, and how that goes. */
  queue: Record<string, any>;
}

/**
 * `headstart(...)`. Before the widget is loaded every call is kept, with its time, and
 * answers `undefined`; it never throws, before or after.
 */
export interface Command {
  <E extends EventName>(name: "on", event: E, callback: Callback<E>): void;
  <N extends keyof Commands>(
    name: N,
    ...args: Parameters<Commands[N]>
  ): ReturnType<Commands[N]> | undefined;
}

/** One call, kept until the widget is there: when it was made (ms since 1970), and its arguments. */
export type Call = [time: number, args: ArrayLike<unknown>];

/** Takes calls: pushing one is the same as making it. */
export interface CallQueue {
  push(call: Call): unknown;
}

/** `window.headstart`, the one global that Headstart adds to a page. */
export interface GlobalCommand extends Command {
  /** Present from the moment the first call was made, or the loader has run. */
  q?: CallQueue;
  /** The project that runs on this page; absent while only the inline stub is there. */
  readonly writeKey?: string;
}

declare global {
  /** Only there after the inline stub or the loader: test `window.headstart` where neither is sure. */
  var headstart: GlobalCommand;
  interface Window {
    headstart?: GlobalCommand;
  }
}
