// Does what the Electron executable does before the app's own code runs.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Package = { main?: string; name?: string; productName?: string; version?: string };

const given = process.argv.slice(2);
process.argv = [process.env.STANDIN_EXECUTABLE ?? join(import.meta.dirname, 'electron'), ...given];

const { required, entry } = readArguments(given);
const { folder, file, manifest } = findApp(resolve(entry ?? '.'));
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: import.meta.dirname });
Object.defineProperty(process.versions, 'electron', { value: '45.4.1-stand-in' });

// only now: its modules read process.argv
const { app } = await import('./app.ts');
const { startApp } = await import('./start-app.ts');
app.describe(folder, manifest);
const require = createRequire(import.meta.url);
for (const module of required) require(resolve(module));
try {
  await import(pathToFileURL(file).href);
  await startApp();
} catch (error) {
  console.error(error);
  process.exit(1);
}

/** Splits Electron's command line: modules to preload (`-r`), and the app's folder or file. */
function readArguments(list: string[]): { required: string[]; entry?: string } {
  const required: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const argument = list[i] ?? '';
    if (argument === '-r' || argument === '--require') required.push(list[++i] ?? '');
    else if (!argument.startsWith('-')) return { required, entry: argument };
  }
  return { required };
}

function findApp(path: string): { folder: string; file: string; manifest: Package } {
  if (!statSync(path).isDirectory()) return { folder: dirname(path), file: path, manifest: {} };
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Package;
  return { folder: path, file: join(path, manifest.main ?? 'index.js'), manifest };
}
