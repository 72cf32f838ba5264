import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { filesOfEsbuild } from './licences/bundled-files.ts';

// Bundled CommonJS packages still call require and read __dirname, which an ES module does not have.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname, __filename = import.meta.filename;',
].join('\n');

const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  packages: 'bundle',
  // ssh2 tries its native parts in a try/catch and goes on without them.
  external: ['electron', 'cpu-features', '*.node'],
  loader: { '.proto': 'text' },
  sourcemap: true,
  metafile: true,
  legalComments: 'external',
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Bundles the main process and its workers with every dependency into a file each, so that the package carries no node_modules.
 * Returns the files that went in.
 */
export async function bundleMain(root: string, outDir: string): Promise<string[]> {
  const outdir = join(outDir, 'main');
  const main = build({
    ...common,
    absWorkingDir: root,
    entryPoints: [{ in: 'main/index.ts', out: 'index' }],
    outdir,
    format: 'esm',
    banner: { js: banner },
  });
  const workers = build({
    ...common,
    absWorkingDir: root,
    // each by the name that `main/engine/start-worker.ts` calls it
    entryPoints: [
      { in: 'main/build/record/context-worker.ts', out: 'context-worker' },
      { in: 'main/build/inspect/inspect-worker.ts', out: 'inspect-worker' },
      { in: 'main/formats/image-archive/archive-worker.ts', out: 'archive-worker' },
      { in: 'main/formats/digests-worker.ts', out: 'digests-worker' },
      { in: 'main/formats/packing/xz-worker.ts', out: 'xz-worker' },
    ],
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  });
  const built = await Promise.all([main, workers]);
  return built.flatMap(({ metafile }) => filesOfEsbuild(metafile));
}
