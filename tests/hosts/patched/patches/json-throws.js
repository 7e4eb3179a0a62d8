// @ts-nocheck: it breaks what the types promise.
// Both directions broken for good.
JSON.parse = function () {
  throw new SyntaxError("host: parse is out of order");
};
JSON.stringify = function () {
  throw new TypeError("host: stringify is out of order");
};
