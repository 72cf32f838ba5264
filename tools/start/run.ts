// Builds and opens the app: `npm start`, with files to open after `--`.
import { buildApp } from '../build/build-app.ts';
import { openApp } from './open-app.ts';

await buildApp();
const child = openApp(process.argv.slice(2));
if (child) {
  // the terminal sends Ctrl-C to both; the app ends first, and we end with it
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else process.exitCode = 1;
