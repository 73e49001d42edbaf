import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Built for any base path: the server puts its own before the page's addresses. */
export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss()],
  // `npm run console:dev` beside `npm start`: pages are taken up as they are changed.
  server: { proxy: { "/console/api": "http://127.0.0.1:8083" } },
  worker: { format: "es" },
  build: {
    outDir: "../dist/console-app",
    emptyOutDir: true,
    target: "es2022",
    // Workers and images are files, never data in the code: the security policy takes no others.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      output: {
        // The editor of texts changes less often than what uses it, and is in the browser's cache after an upgrade.
        codeSplitting: {
          groups: [
            {
              name: "editor",
              test: /node_modules[\\/](@codemirror|@lezer|style-mod|crelt|w3c-keyname)/,
            },
          ],
        },
      },
    },
  },
});
