import { defineConfig } from "vite";

/** The drawing of a definition for Node, with all that it needs: `stepwell graph` loads it. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: "src/graph/graph-file.ts",
    outDir: "../dist/graph",
    emptyOutDir: true,
    target: "node22",
    minify: true,
  },
});
