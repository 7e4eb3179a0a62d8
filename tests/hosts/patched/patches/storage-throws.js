// @ts-nocheck: it breaks what the types promise.
// As with cookies blocked: even to look at the storage is an error.
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    configurable: true,
    get() {
      throw new DOMException("host: the storage is off limits", "SecurityError");
    },
  });
}
