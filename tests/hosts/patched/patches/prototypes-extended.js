// @ts-nocheck: it breaks what the types promise.
// Enumerable additions that turn up in every `for … in`.
Object.prototype.hostExtra = function () {
  return this;
};
Array.prototype.hostLast = function () {
  return this[this.length - 1];
};
