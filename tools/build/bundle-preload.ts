import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { filesOfEsbuild } from './licences/bundled-files.ts';

/** How the preload script is bundled: a sandboxed one has to be a single CommonJS file. */
export const preloadBundle = (root: string, outDir: string): BuildOptions => ({
  absWorkingDir: root,
  entryPoints: ['preload/index.ts'],
  outfile: join(outDir, 'preload/index.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'chrome156',
  external: ['electron'],
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
});

/** Bundles the preload script. Returns the files that went in. */
export async function bundlePreload(root: string, outDir: string): Promise<string[]> {
  const { metafile } = await build({ ...preloadBundle(root, outDir), metafile: true });
  return filesOfEsbuild(metafile);
}
