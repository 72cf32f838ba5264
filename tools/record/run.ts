// Records what real engines answer to pull, push and load, byte by byte: `node tools/record/run.ts --engine 26`; with `--answers`
// what they make of all that a registry may answer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNames, startRecordedEngine } from './recorded-engine.ts';
import { Recorder } from './recorder.ts';
import { recordAnswers } from './registry-answers.ts';
import { recordScenes } from './scenes.ts';
import { startRegistry } from './start-registry.ts';

const { values } = parseArgs({ options: { engine: { type: 'string', multiple: true }, answers: { type: 'boolean' } } });

for (const name of values.engine ?? engineNames) {
  const known = engineNames.find((one) => one === name);
  if (!known) throw new Error(`There is no engine “${name}”; there are ${engineNames.join(', ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'layerdeck-record-'));
  const engine = await startRecordedEngine(known, folder);
  const open = await startRegistry(join(folder, 'open'));
  const closed = await startRegistry(join(folder, 'closed'), { needsLogin: true });
  try {
    if (values.answers) {
      await recordAnswers(engine);
      continue;
    }
    const recorder = new Recorder(engine.socket, join(import.meta.dirname, '../../test/fixtures', engine.fixtures));
    await recordScenes(recorder, { open: open.port, closed: closed.port });
    recorder.writeIndex();
  } finally {
    await Promise.all([engine.stop(), open.stop(), closed.stop()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
