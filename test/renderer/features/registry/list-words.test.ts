import { describe, expect, test } from 'vitest';
import type { ListEntry } from '../../../../contract/image-list.ts';
import { previewWords } from '../../../../renderer/features/registry/backup/backup-words.ts';
import { doubledIn, entryWords, proposeName, sendWords } from '../../../../renderer/features/registry/lists/list-words.ts';

const entry = (slot: string, more: Partial<ListEntry> = {}): ListEntry => ({
  key: slot,
  platform: slot,
  slot,
  from: 'r.example/app:1',
  way: 'there-already',
  toSend: 0,
  statements: 0,
  ...more,
});

test.each([
  [['r.example/app:1.0-amd64', 'r.example/app:1.0-arm64'], 'r.example/app:1.0'],
  [[`r.example/app:1.0-linux-arm-v7@sha256:${'0'.repeat(64)}`, 'r.example/app:1.0-amd64'], 'r.example/app:1.0'],
  [['r.example/app:1.0', 'r.example/app:1.0-arm64'], 'r.example/app:1.0-all'],
  [['localhost:5000/app:a', 'localhost:5000/app:b'], 'localhost:5000/app:a-all'],
  [['app'], 'app:latest-all'],
  [[], ''],
])('%j is put together as %s', (references, name) => {
  expect(proposeName(references)).toBe(name);
});

describe('what a list would hold', () => {
  test('platforms that are there twice are named once', () => {
    const v8 = entry('linux/arm64', { key: 'x', platform: 'linux/arm64/v8' });
    expect(doubledIn([entry('linux/arm64'), v8, entry('linux/amd64')])).toEqual(['linux/arm64']);
    expect(doubledIn([entry('linux/arm64'), entry('linux/amd64')])).toEqual([]);
  });

  test('what is sent isn’t called nothing if nobody knows', () => {
    expect(sendWords([entry('a'), entry('b')])).toBe('No layer has to be sent.');
    expect(sendWords([entry('a', { toSend: 2_000_000 }), entry('b')])).toContain('2.0');
    const { toSend: _, ...unknown } = entry('b', { way: 'push', tag: { name: '1-arm64' } });
    expect(sendWords([unknown])).toBe('How much has to be sent isn’t known.');
    expect(entryWords(unknown)).toContain('your engine pushes it as 1-arm64, how much isn’t known');
  });
});

test('a preview of a restore says nothing of what there is none of', () => {
  const preview = { kind: 'preview' as const, from: 'r.example', repositories: 1, bytes: 1, fresh: 2, same: 0, moves: ['a:1'] };
  expect(previewWords(preview).replaceAll('\u00a0', ' ')).toBe('2 tags are new, 1 tag leads to something else there.');
});
