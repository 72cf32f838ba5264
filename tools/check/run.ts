// Every check that is not a test: `npm run check`. The parts run in parallel; only those that find something are quoted.
import { auditDependencies } from './audit-dependencies.ts';
import { type Part, runProgram } from './run-program.ts';

const parts: Part[] = [
  { name: 'format and lint', run: () => runProgram('biome', ['ci', '--error-on-warnings']) },
  {
    name: 'import rules',
    run: () => runProgram('depcruise', ['--config', '.dependency-cruiser.mjs', 'contract', 'main', 'preload', 'renderer', 'tools']),
  },
  { name: 'picture of the floors', run: () => runProgram('node', ['tools/floors/run.ts', '--check']) },
  { name: 'types', run: () => runProgram('tsc', []) },
  { name: 'workflows', run: () => runProgram('action-validator', ['.github/workflows/ci.yml']) },
  { name: 'unused exports and dependencies', run: () => runProgram('knip', []) },
  { name: 'known vulnerabilities in what ships', run: auditDependencies },
];

const results = await Promise.all(
  parts.map(async ({ name, run }) => {
    const { isGood, output, note } = await run();
    console.log(`${isGood ? '✓' : '✗'} ${name}${note ? `: ${note}` : ''}`);
    return { name, isGood, output };
  }),
);
for (const { name, isGood, output } of results) if (!isGood) console.error(`\n── ${name} ──\n${output.trim()}`);
if (results.some(({ isGood }) => !isGood)) process.exitCode = 1;
