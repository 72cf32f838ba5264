// Records what real engines answer to pull, push and load, byte by byte: `node tools/record/run.ts --engine docker-26`; with `--answers`
// what they make of all that a registry may answer, with `--dialects` how they describe images, containers and themselves, with
// `--records` what buildx exports of builds.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EngineKind, engineKinds } from '../engine/engine-kinds.ts';
import { startEngine } from '../engine/start-engine.ts';
import { startRegistry } from '../engine/start-registry.ts';
import { recordBuilds } from './build-records.ts';
import { recordDialects } from './dialects.ts';
import { Recorder } from './recorder.ts';
import { recordAnswers } from './registry-answers.ts';
import { recordScenes } from './scenes.ts';

/** The folders that recordings are kept in. */
const fixtures: Record<EngineKind, string> = {
  docker: 'docker-20.10',
  'docker-26': 'docker-26',
  'docker-26-containerd': 'docker-26-containerd',
  'docker-28': 'docker-28',
  'docker-28-containerd': 'docker-28-containerd',
  podman: 'podman-4.3',
  'podman-5': 'podman-5.8',
};

// of a password that nobody has to know: nothing here signs in
const passwords = 'somebody:$2y$05$abcdefghijklmnopqrstuuGp0vZQ8mMwtJQ5Vh5Q1Z5e8Jp0mJ2fO\n';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true },
    answers: { type: 'boolean' },
    dialects: { type: 'boolean' },
    records: { type: 'boolean' },
  },
});
const isKind = (name: string): name is EngineKind => name in engineKinds;

for (const kind of values.engine ?? Object.keys(engineKinds)) {
  if (!isKind(kind)) throw new Error(`There is no engine “${kind}”; there are ${Object.keys(engineKinds).join(', ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'layerdeck-record-'));
  const engine = { ...(await startEngine({ kind })), fixtures: fixtures[kind] };
  const file = join(folder, 'passwords');
  writeFileSync(file, passwords);
  const open = await startRegistry(join(folder, 'open'));
  const closed = await startRegistry(join(folder, 'closed'), {
    settings: { AUTH: 'htpasswd', AUTH_HTPASSWD_REALM: 'closed', AUTH_HTPASSWD_PATH: file },
  });
  try {
    if (values.records) {
      await recordBuilds(engine, join(import.meta.dirname, '../../test/fixtures', engine.fixtures, 'records'));
      continue;
    }
    if (values.answers || values.dialects) {
      await (values.answers ? recordAnswers : recordDialects)(engine);
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
