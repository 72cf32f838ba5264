import { join } from 'node:path';
import { build } from 'vite';
import { filesOfVite } from './licences/bundled-files.ts';

export type BuildMode = 'production' | 'development';

/** Bundles the window's page as `vite.config.ts` says. Returns the files that went in. */
export async function bundleRenderer(root: string, outDir: string, mode: BuildMode = 'production'): Promise<string[]> {
  const page = join(root, 'renderer');
  const built = await build({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    root: page,
    mode,
    build: { outDir: join(outDir, 'renderer') },
    logLevel: 'warn',
  });
  return [built].flat().flatMap((made) => ('output' in made ? filesOfVite(made.output, page) : []));
}
