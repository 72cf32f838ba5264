import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleMain } from './bundle-main.ts';
import { bundlePreload } from './bundle-preload.ts';
import { type BuildMode, bundleRenderer } from './bundle-renderer.ts';
import { writeLicences } from './licences/write-licences.ts';

export const projectRoot = join(import.meta.dirname, '../..');

/**
 * Builds the three bundles into `dist/` from nothing, so that no file of an older build gets into a package, and the licences
 * beside. In the mode `development`, the window has its gallery.
 */
export async function buildApp({ root = projectRoot, mode = 'production' }: { root?: string; mode?: BuildMode } = {}): Promise<void> {
  const outDir = join(root, 'dist');
  await rm(outDir, { recursive: true, force: true });
  const files = await Promise.all([bundleMain(root, outDir, mode), bundlePreload(root, outDir), bundleRenderer(root, outDir, mode)]);
  await writeLicences(root, outDir, files.flat());
}
