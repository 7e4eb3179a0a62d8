// @ts-nocheck: it breaks what the types promise.
// As in frames that may keep nothing: even to look at the databases is an error.
Object.defineProperty(window, "indexedDB", {
  configurable: true,
  get() {
    throw new DOMException("host: databases are off limits", "SecurityError");
  },
});
