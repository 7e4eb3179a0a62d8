/** Style sheets are put beside the script by esbuild. */
declare module "*.css";
