// @ts-nocheck: it breaks what the types promise.
// Reading works, writing does not: the disk is full.
{
  const original = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...args) {
    const request = original.apply(this, args);
    this.transaction.abort();
    return request;
  };
}
