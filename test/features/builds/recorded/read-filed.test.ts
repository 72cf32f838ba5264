import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FiledPart, readFiled } from '../../../../main/features/builds/recorded/read-filed.ts';
import { RecordedFold } from '../../../../main/features/builds/recorded/recorded-fold.ts';
import { withinLimits } from '../../../../main/features/builds/recorded/within-limits.ts';
import { historyEvents, readStatus } from '../../../../main/foundation/buildkit/protocols.ts';
import type { RecordedBuild } from '../../../../main/foundation/buildkit/recorded-build.ts';
import { RefusedArchive } from '../../../../main/foundation/formats/refused-archive.ts';
import { describeArchive } from '../../../../main/foundation/image-archive/describe-archive.ts';
import { type MadeRecord, type MadeStatus, recordBytes, recordFile, statusBytes } from '../../../support/record-file.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

type Read = { recorded: RecordedBuild; lines: { text: string; step?: string | undefined }[] };

/** Everything that a file has of its builds. Rejects with a refusal as the app would. */
async function readFile(path: string): Promise<Read[]> {
  const { preview, tarball, records, hasFilled } = await describeArchive(path, () => {});
  if (!tarball || !records) throw preview.kind === 'refused' ? new RefusedArchive(preview.title, preview.reason) : new Error(preview.kind);
  return Promise.all(
    records.map(async (record) => {
      const parts: FiledPart[] = await Array.fromAsync(readFiled({ source: { tarball, hasFilled: hasFilled ?? false }, record }));
      const lines = parts.flatMap((part) => ('lines' in part ? part.lines : []));
      const recorded = parts.flatMap((part) => ('recorded' in part ? [part.recorded] : []));
      return { recorded: recorded[0] as RecordedBuild, lines };
    }),
  );
}

/** The same, as an engine tells it: both messages come in its protocol, one by one. */
function asTold(record: MadeRecord): Read {
  const body = recordBytes(record);
  const event = Buffer.concat([Buffer.from([0x08, 0x01, 0x12]), varint(body.length), body]);
  const told = historyEvents.decode(event).record;
  if (!told) throw new Error('no record');
  const lines: Read['lines'] = [];
  const fold = new RecordedFold(told, record.dockerfile ?? '', (text, { step } = {}) => lines.push({ text, step }));
  for (const status of record.statuses ?? []) fold.take(readStatus(statusBytes(status)));
  return { recorded: fold.end(), lines };
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

const moment = fc.record({ seconds: fc.integer({ min: 1, max: 4_000_000_000 }), nanos: fc.nat(999_999_999) });
const digest = fc.constantFrom('a', 'b', 'c', 'd', 'e').map((letter) => `sha256:${letter.repeat(64)}`);
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('[internal] load build context', '[stage 2/3] RUN make', '[1/2] FROM a'),
);
const status: fc.Arbitrary<MadeStatus> = fc.record(
  {
    vertexes: fc.array(
      fc.record(
        {
          digest,
          name: words,
          inputs: fc.array(digest, { maxLength: 3 }),
          cached: fc.boolean(),
          started: moment,
          completed: moment,
          error: fc.constantFrom('', 'process "/bin/sh -c false" did not complete successfully: exit code: 1', 'context canceled'),
        },
        { requiredKeys: ['digest', 'name'] },
      ),
      { maxLength: 4 },
    ),
    statuses: fc.array(fc.record({ id: words, vertex: digest, current: fc.nat(), total: fc.nat() }), { maxLength: 3 }),
    logs: fc.array(
      fc.record({
        vertex: digest,
        msg: fc.oneof(
          words,
          fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        ),
      }),
      {
        maxLength: 4,
      },
    ),
  },
  { requiredKeys: ['vertexes'] },
);
const record: fc.Arbitrary<MadeRecord> = fc.record(
  {
    ref: fc.stringMatching(/^[a-z0-9]{1,25}$/),
    attrs: fc.dictionary(
      fc.constantFrom(
        'filename',
        'target',
        'platform',
        'no-cache',
        'build-arg:WHO',
        'build-arg:API_TOKEN',
        'label:a',
        'label:com.docker.compose.project',
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    ),
    names: fc.array(fc.constantFrom('docker.io/library/a:1', 'docker.io/me/b:2', 'localhost:5000/c:3'), { maxLength: 3 }),
    error: fc.record({ code: fc.constantFrom(1, 2), message: words }),
    created: moment,
    completed: moment,
    made: digest,
    dockerfile: fc.constantFrom('', 'FROM a\nARG API_TOKEN\nRUN make\n', 'FROM a\nENV NPM_TOKEN=npm_abcdefgh\n'),
    statuses: fc.array(status, { maxLength: 8 }),
  },
  { requiredKeys: ['ref', 'created', 'completed'] },
);

test('what an engine tells of a build and what a file has of it read alike, packed or not', async () => {
  using folder = new WorkFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 3 }), fc.boolean(), async (records, isPacked) => {
      const file = recordFile(...records);
      folder.write('x', isPacked ? gzipSync(file) : file);
      expect(await readFile(folder.file('x'))).toEqual(records.map(asTold));
    }),
    { numRuns: 100 },
  );
});

const sample: MadeRecord = {
  ref: 'abcdefghijklmnopqrstuvwxy',
  attrs: { filename: 'Dockerfile', 'build-arg:WHO': 'them' },
  names: ['docker.io/library/a:1'],
  created: { seconds: 1_700_000_000, nanos: 5 },
  completed: { seconds: 1_700_000_009, nanos: 7 },
  made: `sha256:${'e'.repeat(64)}`,
  dockerfile: 'FROM a\nRUN make\n',
  statuses: [
    {
      vertexes: [{ digest: `sha256:${'a'.repeat(64)}`, name: '[1/2] FROM a', cached: true, started: { seconds: 1_700_000_001, nanos: 1 } }],
    },
    {
      vertexes: [{ digest: `sha256:${'b'.repeat(64)}`, name: '[2/2] RUN make', started: { seconds: 1_700_000_002, nanos: 9 } }],
      logs: [{ vertex: `sha256:${'b'.repeat(64)}`, msg: 'made\n' }],
    },
  ],
};

test.each([false, true])('damage at any byte is found, or changes nothing (packed: %s)', async (isPacked) => {
  using folder = new WorkFolder();
  const whole = isPacked ? gzipSync(recordFile(sample)) : recordFile(sample);
  folder.write('x', whole);
  const good = await readFile(folder.file('x'));
  const damage = fc.oneof(
    fc.record({ at: fc.nat(whole.length - 1), flip: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ cut: fc.nat(whole.length - 1) }),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (how) => {
      const bytes = 'cut' in how ? whole.subarray(0, how.cut) : Buffer.from(whole);
      if ('at' in how) bytes[how.at] = (whole[how.at] ?? 0) ^ how.flip;
      folder.write('x', bytes);
      const read = await readFile(folder.file('x')).catch((error: Error) => error);
      if (read instanceof Error) expect(read).toBeInstanceOf(RefusedArchive);
      else expect(read).toEqual(good);
    }),
    { numRuns: 400 },
  );
});

const long = 'x'.repeat(256 * 1024 + 1);
const step = (name: string) => ({ digest: `sha256:${name}`, name });

test.each<[string, MadeStatus[], string]>([
  ['a name without end', [{ vertexes: [{ digest: 'sha256:a', name: long }] }], 'the text of a step is longer than any script'],
  ['an error without end', [{ vertexes: [{ ...step('a'), error: long }] }], 'the text of a step is longer than any script'],
  ['an id that every object has', [{ vertexes: [{ digest: 'constructor', name: 'x' }] }], 'a step has an impossible id'],
  ['an id without end', [{ vertexes: [], logs: [{ vertex: long, msg: 'x' }] }], 'a step has an impossible id'],
  [
    'more steps than any build has',
    [{ vertexes: Array.from({ length: 5001 }, (_, place) => step(`s${place}`)) }],
    'a build has more than 5,000 steps',
  ],
  [
    'output of more steps than any build has',
    [{ vertexes: [], logs: Array.from({ length: 5001 }, (_, place) => ({ vertex: `sha256:s${place}`, msg: 'x' })) }],
    'a build has more than 5,000 steps',
  ],
  [
    'a time that no calendar has',
    [{ vertexes: [{ ...step('a'), started: { seconds: 1e15, nanos: 0 } }] }],
    'a step began or ended at an impossible time',
  ],
  [
    'millions of empty lines',
    [{ vertexes: [], logs: [{ vertex: 'sha256:a', msg: '\n'.repeat(5_000_001) }] }],
    'a build printed more than 5,000,000 lines',
  ],
])('%s is refused in words, soon', async (_, statuses, words) => {
  using folder = new WorkFolder({ x: recordFile({ ...sample, statuses }) });
  await expect(readFile(folder.file('x'))).rejects.toMatchObject({ name: 'RefusedArchive', reason: expect.stringContaining(words) });
});

test('a step that is told again and again is refused, soon', async () => {
  const told = (...names: string[]) => readStatus(statusBytes({ vertexes: names.map(step) }));
  async function* statuses() {
    yield told(...Array.from({ length: 4000 }, (_, place) => `s${place}`));
    for (const again = told('s0'); ; ) yield again;
  }
  const read = async () => {
    for await (const _ of withinLimits(statuses()));
  };
  await expect(read()).rejects.toMatchObject({ reason: expect.stringContaining('a build says more of its steps than can be read') });
});

test('a step that needs more than can be looked at is refused, soon', async () => {
  const inputs = Array.from({ length: 20_000 }, () => 'x');
  async function* statuses() {
    for (let place = 0; ; place++) yield readStatus(statusBytes({ vertexes: [{ ...step(`s${place}`), inputs }] }));
  }
  const read = async () => {
    for await (const _ of withinLimits(statuses()));
  };
  await expect(read()).rejects.toMatchObject({ reason: expect.stringContaining('a build says more of its steps than can be read') });
});

test.each([
  ['no messages at all', 'PK and so on'],
  ['a message that is cut off', '\x09\0\0\0abc'],
  ['a message without end', '\xff\xff\xff\x7f'],
])('a log of %s is refused in words', async (_, log) => {
  using folder = new WorkFolder({ x: recordFile({ ...sample, log: Buffer.from(log, 'latin1') }) });
  const words = expect.stringContaining('the log of a build isn’t in the expected format');
  await expect(readFile(folder.file('x'))).rejects.toMatchObject({ name: 'RefusedArchive', reason: words });
});

test('whatever is in a file whose digests are right, it is read or refused in words', async () => {
  using folder = new WorkFolder();
  const bytes = fc.uint8Array({ maxLength: 60 }).map((some) => Buffer.from(some));
  const framed = fc.array(bytes, { maxLength: 6 }).map((messages) =>
    Buffer.concat(
      messages.flatMap((message) => {
        const head = Buffer.alloc(4);
        head.writeUInt32LE(message.length);
        return [head, message];
      }),
    ),
  );
  // whole messages with one byte changed
  const nearly = fc.tuple(fc.array(status, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(255)).map(([statuses, at, byte]) => {
    const whole = statuses.map(statusBytes);
    const message = whole[at % whole.length];
    if (message && message.length > 0) message[at % message.length] = byte;
    return Buffer.concat(
      whole.flatMap((one) => {
        const head = Buffer.alloc(4);
        head.writeUInt32LE(one.length);
        return [head, one];
      }),
    );
  });
  const odd = fc.dictionary(
    fc.constantFrom('Ref', 'FrontendAttrs', 'Exporters', 'error', 'CreatedAt', 'CompletedAt', 'logs', 'Result', 'Results', '__proto__'),
    fc.jsonValue({ maxDepth: 3 }),
  );
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, framed, nearly), fc.option(odd, { nil: undefined }), async (log, more) => {
      folder.write('x', recordFile({ ...sample, log, ...(more && { more }) }));
      const found = await readFile(folder.file('x')).catch((error: Error) => error);
      if (found instanceof Error) expect(found).toBeInstanceOf(RefusedArchive);
      else read += 1;
    }),
    { numRuns: 400 },
  );
  expect(read).toBeGreaterThan(20);
});
