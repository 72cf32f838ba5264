import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { BuildMode } from './bundle-renderer.ts';
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
  // ssh2 tries its native parts in a try/catch and works without them.
  external: ['electron', 'cpu-features', '*.node'],
  loader: { '.proto': 'text' },
  sourcemap: true,
  metafile: true,
  legalComments: 'external',
  logLevel: 'warning',
} satisfies BuildOptions;

/** How main and its workers are bundled, each into one file with every dependency, so that the package carries no node_modules. */
export function mainBundles(root: string, outDir: string, mode: BuildMode): BuildOptions[] {
  const outdir = join(outDir, 'main');
  // the packaged app loads its page only from its own files
  const define: Record<string, string> = mode === 'production' ? { 'process.env.LAYERDECK_DEV_SERVER': 'undefined' } : {};
  return [
    {
      ...common,
      absWorkingDir: root,
      entryPoints: [{ in: 'main/index.ts', out: 'index' }],
      outdir,
      format: 'esm',
      banner: { js: banner },
      define,
    },
    {
      ...common,
      absWorkingDir: root,
      // `startThread` finds each by its name alone
      entryPoints: globSync('main/**/*-worker.ts', { cwd: root }).map((file) => ({ in: file, out: basename(file, '.ts') })),
      outdir,
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
    },
  ];
}

/** Bundles the main process and its workers. Returns the files that went in. */
export async function bundleMain(root: string, outDir: string, mode: BuildMode): Promise<string[]> {
  const built = await Promise.all(mainBundles(root, outDir, mode).map((options) => build({ ...options, metafile: true })));
  return built.flatMap(({ metafile }) => filesOfEsbuild(metafile));
}
