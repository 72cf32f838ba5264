import { expect, test } from 'vitest';
import { problemsOf } from '../../../../renderer/features/registry/storage/s3-words.ts';

const good = { endpoint: 'https://s3.example:9000', bucket: 'team-images', region: 'eu-central-1', key: 'AKIA/a+b=' };

test('what S3-compatible storage can’t be is said at its field, and nothing of what is empty or good', () => {
  const none = { endpoint: undefined, bucket: undefined, region: undefined, key: undefined };
  expect(problemsOf(good)).toEqual(none);
  expect(problemsOf({ endpoint: '', bucket: '', region: '', key: '' })).toEqual(none);
});

test.each([
  ['endpoint', 's3.example', /http:\/\/ or https:\/\//],
  ['endpoint', 'https://s3.example/images', /without the bucket/],
  ['bucket', 'ab', /three characters or more/],
  ['bucket', 'a b', /letters, digits/],
  ['region', 'Frankfurt (EU)', /like eu-central-1/],
  // a header can't have them, which would look as if nobody answered
  ['key', 'ключ', /Latin letters/],
  ['key', 'two words', /no spaces/],
] as const)('a %s that is “%s” is none', (field, text, words) => {
  expect(problemsOf({ ...good, [field]: text })).toEqual({ ...problemsOf(good), [field]: expect.stringMatching(words) });
});
