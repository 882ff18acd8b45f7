import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** Where the build goes; by hand for a second one beside a running app. */
const out = process.env['DOCCENTR_OUT_DIR'] ?? 'out';

/**
 * Everything lands in `out/`: the processes that run on Node or Electron (main, core, web) in one
 * build, so that they share chunks; the preload by itself, because a sandboxed one must be a single
 * CommonJS file; the pages in `out/renderer`, which both shells serve.
 */
export default defineConfig({
  main: {
    build: {
      outDir: path(out),
      emptyOutDir: false,
      sourcemap: true,
      // Of these the app uses a small part. Loaded whole, file by file, they took a second of every
      // start and more memory than everything else.
      externalizeDeps: {
        exclude: ['@aws-amplify/auth', '@aws-amplify/core', 'drizzle-orm', 'uuid', 'zod'],
      },
      rolldownOptions: {
        input: {
          'main/index': path('src/main/index.ts'),
          'core/index': path('src/core/entry.ts'),
          'core/checkpoint-thread': path('src/core/replica/checkpoint-thread.ts'),
          'web/index': path('src/web/index.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: path(`${out}/preload`),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path('src/renderer'),
    plugins: [react()],
    build: {
      outDir: path(`${out}/renderer`),
      emptyOutDir: true,
      // The content security policy allows no inline script and no font from a data: address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: path('src/renderer/index.html') } },
    },
  },
});
