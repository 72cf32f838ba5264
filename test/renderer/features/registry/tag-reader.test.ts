import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TagAnswer } from '../../../../contract/registry-browse.ts';
import { TagReader } from '../../../../renderer/features/registry/browse/tag-reader.ts';

type Call = { tags: string[]; signal: AbortSignal; answer(tags: string[], digest?: string): void; end(): void; fail(): void };

let calls: Call[];
let reader: TagReader;

/** What main would send, when the test says so. */
function ask(tags: string[], signal: AbortSignal): Promise<AsyncIterable<TagAnswer[]>> {
  const parts: (TagAnswer[] | 'end' | 'fail')[] = [];
  let wake = () => {};
  const push = (part: TagAnswer[] | 'end' | 'fail') => {
    parts.push(part);
    wake();
  };
  calls.push({
    tags,
    signal,
    answer: (some, digest = 'sha256:1') => push(some.map((tag) => ({ tag, details: { digest } }))),
    end: () => push('end'),
    fail: () => push('fail'),
  });
  async function* stream() {
    for (;;) {
      const part = parts.shift();
      if (part === 'end') return;
      if (part === 'fail') throw new Error('the connection broke off');
      if (part) yield part;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return Promise.resolve(stream());
}

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  reader = new TagReader(ask);
});
afterEach(() => {
  reader.stop();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(100);

test('tags in sight are asked about once, after the scroll has come to rest', async () => {
  reader.want(['a']);
  reader.want(['a', 'b']);
  await settle();
  expect(calls.map(({ tags }) => tags)).toEqual([['a', 'b']]);
  calls[0]?.answer(['a', 'b']);
  calls[0]?.end();
  await settle();
  reader.want(['a', 'b']);
  await settle();
  expect(calls).toHaveLength(1);
  expect(reader.siblings(['a'], 'sha256:1')).toEqual({ named: ['b'], more: 0 });
});

test('what has left the sight is given up, and what is in sight is asked for in its place', async () => {
  reader.want(['a', 'b', 'c', 'd']);
  await settle();
  calls[0]?.answer(['a']);
  await settle();
  reader.want(['x', 'y']);
  expect(calls[0]?.signal.aborted).toBe(true);
  await settle();
  expect(calls[1]?.tags).toEqual(['x', 'y']);
  expect(reader.get('a')).toBeDefined();
});

test('a scroll by a line does not begin anew, and what came into sight is asked for next', async () => {
  reader.want(['a', 'b', 'c', 'd']);
  await settle();
  reader.want(['b', 'c', 'd', 'e']);
  expect(calls[0]?.signal.aborted).toBe(false);
  calls[0]?.answer(['a', 'b', 'c', 'd']);
  calls[0]?.end();
  await settle();
  await settle();
  expect(calls[1]?.tags).toEqual(['e']);
});

test('a connection that breaks off is said at the tags that it was about, and asked again only on request', async () => {
  reader.want(['a', 'b']);
  await settle();
  calls[0]?.answer(['a']);
  calls[0]?.fail();
  await settle();
  await settle();
  expect(reader.get('a')).toMatchObject({ details: {} });
  expect(reader.get('b')).toMatchObject({ failure: { cause: 'the connection broke off' } });
  expect(calls).toHaveLength(1);
  reader.forget();
  reader.want(['a', 'b']);
  await settle();
  expect(calls[1]?.tags).toEqual(['a', 'b']);
});
