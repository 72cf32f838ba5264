import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the preload script: a sandboxed one has to be a single CommonJS file. */
export async function bundlePreload(root: string, outDir: string): Promise<void> {
  await build({
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
}
