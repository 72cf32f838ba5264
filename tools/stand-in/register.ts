// Loaded before everything else: lets require('electron') and import 'electron' find the stand-in.
import { registerHooks } from 'node:module';

const names = new Set(['electron', 'electron/main', 'electron/common']);
const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier) ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
