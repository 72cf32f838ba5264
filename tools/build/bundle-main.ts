import { join } from 'node:path';
import { build } from 'esbuild';

// Bundled CommonJS packages still call require and read __dirname, which an ES module does not have.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname, __filename = import.meta.filename;',
].join('\n');

/** Bundles the main process with every dependency into one ES module, so that the package carries no node_modules. */
export async function bundleMain(root: string, outDir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['main/index.ts'],
    outfile: join(outDir, 'main/index.js'),
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
