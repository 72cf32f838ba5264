import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Which file imports which at run time, by their paths from the root. Imports of types leave no trace in the program. */
export type Import = { from: string; to: string };

type Cruised = { modules: { source: string; dependencies: { resolved: string; dependencyTypes: string[] }[] }[] };

/** Reads the imports between the project's own files, as the import rules do. */
export async function readImports(root: string): Promise<Import[]> {
  const program = join(root, 'node_modules/.bin/depcruise');
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'contract', 'main', 'preload', 'renderer'];
  const { stdout } = await promisify(execFile)(program, args, { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  const { modules } = JSON.parse(stdout) as Cruised;
  return modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(
        ({ resolved, dependencyTypes }) => /^(?:contract|main|preload|renderer)\//.test(resolved) && !dependencyTypes.includes('type-only'),
      )
      .map(({ resolved }) => ({ from: source, to: resolved })),
  );
}
