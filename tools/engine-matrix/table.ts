import { relative } from 'node:path';

/** How the tests of one file went on one engine. */
export type FileRun = { engine: string; file: string; passed: number; failed: number; skipped: number; milliseconds: number };

type Report = {
  testResults: { name: string; startTime: number; endTime: number; status: string; assertionResults: { status: string }[] }[];
};

/** The runs that a report of Vitest (its reporter `json`) tells of. */
export function filesIn(report: string, engine: string): FileRun[] {
  return (JSON.parse(report) as Report).testResults.map(({ name, startTime, endTime, status, assertionResults }) => {
    const count = (wanted: string) => assertionResults.filter((test) => test.status === wanted).length;
    const passed = count('passed');
    // a file that cannot be read has no tests, and has failed
    const failed = count('failed') || Number(status === 'failed');
    const skipped = assertionResults.length - passed - count('failed');
    return { engine, file: relative('test/integration', name), passed, failed, skipped, milliseconds: endTime - startTime };
  });
}

/** Files down, engines across, as Markdown: how many tests passed and failed, and the seconds. */
export function describeTable(runs: FileRun[]): string {
  const engines = [...new Set(runs.map(({ engine }) => engine))];
  const files = [...new Set(runs.map(({ file }) => file))].sort();
  const cell = (file: string, engine: string) => {
    const run = runs.find((one) => one.file === file && one.engine === engine);
    return run ? describe([run]) : '–';
  };
  const rows = files.map((file) => [file, ...engines.map((engine) => cell(file, engine))]);
  const sums = ['all', ...engines.map((engine) => describe(runs.filter((run) => run.engine === engine)))];
  return [['', ...engines], ['---', ...engines.map(() => '---:')], ...rows, sums].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function describe(runs: FileRun[]): string {
  const sum = (key: 'passed' | 'failed' | 'skipped' | 'milliseconds') => runs.reduce((total, run) => total + run[key], 0);
  const failed = sum('failed') > 0 ? `, **${sum('failed')} failed**` : '';
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  return `${sum('passed')}${failed}${skipped}, ${(sum('milliseconds') / 1000).toFixed(1)} s`;
}
