import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { filesOfVite } from './licences/bundled-files.ts';

export type BuildMode = 'production' | 'development';

/** Bundles the window's page as `vite.config.ts` says. Returns the files that went in. */
export async function bundleRenderer(root: string, outDir: string, mode: BuildMode = 'production'): Promise<string[]> {
  const page = join(root, 'renderer');
  const inWorkers: string[] = [];
  const built = await build({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    root: page,
    mode,
    build: { outDir: join(outDir, 'renderer') },
    worker: { format: 'es', plugins: () => [noteModules(inWorkers)] },
    logLevel: 'warn',
  });
  const inPage = [built].flat().flatMap((made) => ('output' in made ? filesOfVite(made.output, page) : []));
  return [...inPage, ...inWorkers];
}

/** Writes down what goes into a worker: Vite bundles each by itself, and does not report that. */
const noteModules = (files: string[]): Plugin => ({
  name: 'note-modules',
  generateBundle(_, bundle) {
    for (const made of Object.values(bundle)) if (made.type === 'chunk') files.push(...made.moduleIds);
  },
});
