import { defineConfig } from 'vite';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  // The typed client is linked from a folder that has packages of its own; this page's count.
  resolve: { dedupe: ['@tanstack/react-query', 'react'] },
  build: {
    // Built files belong where everything else that is built goes.
    outDir: '../../target/web',
    emptyOutDir: true,
    rollupOptions: {
      // "use client" means nothing where there is no server that draws.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
