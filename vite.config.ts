import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  // Relative addresses: the page is served from app://, not from a server's root.
  base: './',
  plugins: [react()],
  // Main puts a fresh nonce in the place of this word with every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome156',
    sourcemap: true,
    // The CSP has no data: for scripts, styles and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A desktop app loads from disk: one larger chunk costs nothing.
    chunkSizeWarningLimit: 2000,
  },
});
