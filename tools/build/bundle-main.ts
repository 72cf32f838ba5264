import { join } from 'node:path';
import { build } from 'esbuild';

// Bundled CommonJS packages still call require and read __dirname, which an ES module does not have.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname, __filename = import.meta.filename;',
].join('\n');

/** Bundles the main process and its workers with every dependency into one ES module each, so that the package carries no node_modules. */
export async function bundleMain(root: string, outDir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'main/index.ts', out: 'index' },
      // each worker by the name that `main/build/start-worker.ts` calls it
      { in: 'main/build/record/context-worker.ts', out: 'context-worker' },
      { in: 'main/build/inspect/inspect-worker.ts', out: 'inspect-worker' },
    ],
    outdir: join(outDir, 'main'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'bundle',
    // ssh2 tries its native parts in a try/catch and goes on without them.
    external: ['electron', 'cpu-features', '*.node'],
    loader: { '.proto': 'text' },
    banner: { js: banner },
    sourcemap: true,
    legalComments: 'external',
    logLevel: 'warning',
  });
}
