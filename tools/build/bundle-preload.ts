import { join } from 'node:path';
import { build } from 'esbuild';
import { filesOfEsbuild } from './licences/bundled-files.ts';

/** Bundles the preload script: a sandboxed one has to be a single CommonJS file. Returns the files that went in. */
export async function bundlePreload(root: string, outDir: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['preload/index.ts'],
    outfile: join(outDir, 'preload/index.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'chrome156',
    external: ['electron'],
    sourcemap: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return filesOfEsbuild(metafile);
}
