/** Content documents are JSON: here are only their types, in `content.d.ts`. */
export {};
