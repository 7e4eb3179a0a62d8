// @ts-nocheck: it breaks what the types promise.
// Reading works, writing does not.
Storage.prototype.setItem = function () {
  throw new DOMException("host: the storage is full", "QuotaExceededError");
};
