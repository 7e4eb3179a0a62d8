// @ts-nocheck: it breaks what the types promise.
// No locks where they are asked for.
LockManager.prototype.request = function () {
  throw new DOMException("host: no locks today", "SecurityError");
};
