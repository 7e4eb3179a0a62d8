// @ts-nocheck: it breaks what the types promise.
// As Prototype.js before 1.7 did: lists and texts turn themselves into JSON, so that the browser's
// own JSON.stringify encodes them twice.
{
  const quote = JSON.stringify;
  String.prototype.toJSON = function () {
    return quote(this.valueOf());
  };
  Array.prototype.toJSON = function () {
    return `[${this.map((item) => quote(item)).join(", ")}]`;
  };
}
