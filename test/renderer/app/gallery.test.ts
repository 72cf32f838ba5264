import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BuildMode, bundleRenderer } from '../../../tools/build/bundle-renderer.ts';

const root = join(import.meta.dirname, '../../..');

/** What the page says, and the action that leads to it. */
const words = /The pieces of the interface|Show the gallery/;

/** Files of the window's bundle that contain parts of the gallery. */
async function filesWithGallery(mode?: BuildMode): Promise<string[]> {
  const out = mkdtempSync(join(tmpdir(), 'layerdeck-gallery-'));
  try {
    await bundleRenderer(root, out, mode);
    const files = globSync('renderer/**/*.{js,css,html}', { cwd: out });
    expect(files.length).toBeGreaterThan(2);
    return files.filter((file) => /gallery/i.test(file) || words.test(readFileSync(join(out, file), 'utf8')));
  } finally {
    rmSync(out, { recursive: true });
  }
}

it('only a build for development has the gallery', async () => {
  expect(await filesWithGallery()).toEqual([]);
  expect(await filesWithGallery('development')).not.toEqual([]);
});
