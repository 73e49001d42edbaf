import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Built for any base path: the server puts its own before the page's addresses. */
export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss()],
  worker: { format: "es" },
  build: {
    outDir: "../dist/console-app",
    emptyOutDir: true,
    target: "es2022",
    // Workers and images are files, never data in the code: the security policy takes no others.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
  },
});
