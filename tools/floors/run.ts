// Draws the floors of the house into docs/architecture.md, from the real imports: `npm run floors`; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFloors } from './draw-floors.ts';
import { readImports } from './read-imports.ts';

const root = join(import.meta.dirname, '../..');
const file = join(root, 'docs/architecture.md');
const text = readFileSync(file, 'utf8');
const imports = await readImports(root);
const drawn = text.replace(/(<!-- floors:(\w+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, begin: string, name: string, end: string) => {
  return `${begin}\`\`\`mermaid\n${drawFloors(imports, name)}\n\`\`\`\n${end}`;
});
if (drawn === text) console.log('The picture of the floors is as the code is.');
else if (process.argv.includes('--check')) {
  console.error('The picture of the floors in docs/architecture.md is older than the code: npm run floors');
  process.exitCode = 1;
} else writeFileSync(file, drawn);
