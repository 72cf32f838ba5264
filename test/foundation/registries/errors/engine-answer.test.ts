import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EngineStreamError } from '../../../../main/foundation/failures/engine-stream-error.ts';
import { toFailure } from '../../../../main/foundation/failures/failure.ts';
import { registryAnswerIn } from '../../../../main/foundation/registries/errors/engine-answer.ts';

type Recorded = { asked: string; answer: number | 'cut'; engineSays: string; engineStatus?: number };

const recorded = ['docker-20.10', 'docker-26', 'docker-26-containerd'].flatMap((engine) => {
  const text = readFileSync(join(import.meta.dirname, `../../../fixtures/${engine}/registry-answers.json`), 'utf8');
  return (JSON.parse(text) as Recorded[]).map((one) => ({ engine, ...one }));
});
const reading = new Set(['manifest', 'layer']);

test.each(recorded)('$engine, $asked answered $answer: $engineSays', ({ asked, answer, engineSays, engineStatus }) => {
  const error =
    engineStatus === undefined
      ? new EngineStreamError(engineSays)
      : Object.assign(new Error(engineSays), { statusCode: engineStatus, json: { message: engineSays } });
  const writes = !reading.has(asked);
  const told = registryAnswerIn(error, { reference: '127.0.0.1:5000/app:1', writes, hadLogin: false });
  const failure = toFailure(told ?? error);
  expect(failure.kind).not.toBe('unknown');
  expect(failure.detail).not.toMatch(/engine (?:gave|stopped)/i);
  expect(`${failure.title} ${failure.detail}`).toMatch(/registry|127\.0\.0\.1/i);
  // whatever the engine makes of it, only the status is certain
  if (typeof answer === 'number' && /HTTP/.test(engineSays)) expect(told?.status).toBe(answer);
});

test('an engine that is gone is not mistaken for a registry that hung up', () => {
  const gone = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  expect(registryAnswerIn(gone, { reference: 'a/b:1', writes: true, hadLogin: false })).toBeUndefined();
});

test('a refused push names the repository and who was asked', () => {
  const error = new EngineStreamError('denied: requested access to the resource is denied');
  const failure = registryAnswerIn(error, { reference: 'nginx:1', writes: true, hadLogin: true })?.failure;
  expect(failure).toMatchObject({
    title: 'You may not push to docker.io/library/nginx',
    detail: expect.stringContaining('Docker’s own images'),
  });
});
