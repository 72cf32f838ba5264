import { join } from 'node:path';
import { build } from 'vite';

/** Bundles the window's page as `vite.config.ts` says. */
export async function bundleRenderer(root: string, outDir: string): Promise<void> {
  await build({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    root: join(root, 'renderer'),
    build: { outDir: join(outDir, 'renderer') },
    logLevel: 'warn',
  });
}
