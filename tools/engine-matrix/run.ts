// Runs the integration tests on each engine, and shows in a table which file took how long where: `npm run test:engines`. With `--short`,
// those files that see most of an engine; with `--engine docker-28`, on that one alone; with `--if-possible`, on those that this
// computer can start. Words after it choose files; without any, the window goes the whole way as well, on all but the oldest Podman.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EngineKind, engineKinds, factsOf } from '../engine/engine-kinds.ts';
import { startEngine } from '../engine/start-engine.ts';
import { shortSelection, windowSelection } from './short-selection.ts';
import { describeTable, type FileRun, filesIn } from './table.ts';

const { values, positionals } = parseArgs({
  options: { engine: { type: 'string', multiple: true }, short: { type: 'boolean' }, 'if-possible': { type: 'boolean' } },
  allowPositionals: true,
});
const isKind = (name: string): name is EngineKind => name in engineKinds;
const kinds = (values.engine ?? Object.keys(engineKinds)).map((name) => {
  if (!isKind(name)) throw new Error(`There is no engine “${name}”; there are ${Object.keys(engineKinds).join(', ')}.`);
  return name;
});
const files = values.short ? [...shortSelection, ...positionals] : positionals;

const folder = mkdtempSync(join(tmpdir(), 'layerdeck-matrix-'));
const runs: FileRun[] = [];
let hasFailed = false;
for (const kind of kinds) {
  const { label } = factsOf(kind);
  console.log(`\n${label}`);
  if (values['if-possible'] && !(await canStart(kind))) continue;
  const report = join(folder, `${kind}.json`);
  const args = ['run', '--project', 'integration', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files];
  const { status } = spawnSync('vitest', args, { stdio: 'inherit', env: { ...process.env, LAYERDECK_ENGINE: kind } });
  if (status !== 0) hasFailed = true;
  runs.push(...filesIn(readFileSync(report, 'utf8'), label));
  if (files.length === 0 && kind !== 'podman' && !succeedsInWindow(kind)) hasFailed = true;
}
rmSync(folder, { recursive: true });
console.log(`\n${describeTable(runs)}`);
process.exitCode = hasFailed ? 1 : 0;

function succeedsInWindow(kind: EngineKind): boolean {
  const env = { ...process.env, LAYERDECK_ENGINE: kind };
  const build = spawnSync(process.execPath, ['tools/build/run.ts'], { stdio: 'inherit', env });
  return build.status === 0 && spawnSync('playwright', ['test', ...windowSelection], { stdio: 'inherit', env }).status === 0;
}

async function canStart(kind: EngineKind): Promise<boolean> {
  try {
    await (await startEngine({ kind })).stop();
    return true;
  } catch (error) {
    console.warn(`It cannot be started here, and its tests step aside: ${error}`);
    return false;
  }
}
