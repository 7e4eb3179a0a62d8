/** angular.json has the builder move the file, and put its address here. */
declare module "headstart/headstart.wasm" {
  const address: string;
  export default address;
}
