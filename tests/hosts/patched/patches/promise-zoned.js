// @ts-nocheck: it breaks what the types promise.
// As zone.js does: every reaction runs inside a "zone", and the global Promise is another class.
{
  const native = window.Promise;
  const then = native.prototype.then;
  window.hostZone = { depth: 0, reactions: 0 };
  const inZone = (callback) =>
    typeof callback !== "function"
      ? callback
      : function (value) {
          window.hostZone.depth += 1;
          window.hostZone.reactions += 1;
          try {
            return callback.call(this, value);
          } finally {
            window.hostZone.depth -= 1;
          }
        };
  native.prototype.then = function (fulfilled, rejected) {
    return then.call(this, inZone(fulfilled), inZone(rejected));
  };
  window.Promise = class ZonePromise extends native {};
}
