import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import type { build } from 'vite';

type Output = Extract<Awaited<ReturnType<typeof build>>, { output: unknown }>['output'];

/** The files that esbuild put into its bundles. */
export const filesOfEsbuild = ({ outputs }: Metafile): string[] => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));

/**
 * The files that Vite put into the page: scripts and styles are its modules, fonts and pictures its assets. Throws if a
 * style imports one from another package: Vite does not report that one.
 */
export function filesOfVite(output: Output, root: string): string[] {
  const modules = output.flatMap((made) => (made.type === 'chunk' ? made.moduleIds : []));
  for (const style of modules.filter((file) => file.endsWith('.css'))) {
    const other = foreignImport(readFileSync(style, 'utf8'));
    if (other) throw new Error(`${style} imports ${other}. Import it from a script, so that its licence is found.`);
  }
  const assets = output.flatMap((made) => (made.type === 'asset' ? made.originalFileNames : []));
  return [...modules, ...assets.map((file) => join(root, file))];
}

/** What a style sheet imports from another package. */
export function foreignImport(style: string): string | undefined {
  const imports = style.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/@import\s*(?:url\(\s*["']?|["'])([^"')\s;]+)/g);
  return [...imports].map(([, name = '']) => name).find((name) => !/^[./]/.test(name));
}
