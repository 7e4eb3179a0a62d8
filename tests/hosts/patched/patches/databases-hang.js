// @ts-nocheck: it breaks what the types promise.
// As some versions of some browsers do at times: no database is ever opened, or refused.
IDBFactory.prototype.open = function () {
  return new EventTarget();
};
