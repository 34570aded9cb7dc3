import { defineConfig } from 'vite';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  // Built files belong where everything else that is built goes.
  build: { outDir: '../../target/web', emptyOutDir: true },
});
