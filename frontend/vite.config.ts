import { defineConfig } from "vite";

// Entries keep their names, so that pages can name them; the server lets browsers ask whether they changed.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../src/chancery/web/assets",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    license: { fileName: "licences.md" },
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: { desk: "src/desk.ts", explore: "src/explore.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "parts/[name]-[hash].js",
        assetFileNames: "desk[extname]",
      },
    },
  },
});
