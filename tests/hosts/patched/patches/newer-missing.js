// @ts-nocheck: it breaks what the types promise.
// A browser without the newer conveniences, or a page that is not a secure context.
delete window.requestIdleCallback;
delete window.cancelIdleCallback;
Object.defineProperty(crypto, "randomUUID", { configurable: true, value: undefined });
