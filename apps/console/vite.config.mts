import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const ROOT = import.meta.dirname;

/** Two pages, served by the API under its content security policy: no inline scripts, nothing from elsewhere. */
export default defineConfig({
  root: ROOT,
  plugins: [react()],
  build: {
    outDir: resolve(ROOT, '../../dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    // The script that would be injected for old browsers is inline where modules are preloaded.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The editor is one large piece by nature.
    chunkSizeWarningLimit: 6_000,
    rollupOptions: {
      // "use no memo" speaks to React's compiler, which has already run over these packages.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
      input: { start: resolve(ROOT, 'index.html'), graphiql: resolve(ROOT, 'graphiql.html') },
    },
  },
});
