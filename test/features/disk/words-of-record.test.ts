import { expect, test } from 'vitest';
import { wordsOfRecord } from '../../../main/features/disk/words-of-record.ts';

// as BuildKit 0.8 (Docker 20.10) and 0.25 (28.5) describe them
test.each([
  ['regular', 'mount / from exec /bin/sh -c head -c 300000 /dev/urandom > /a', 'RUN head -c 300000 /dev/urandom > /a'],
  ['regular', 'mount / from exec make "a b"', 'RUN make "a b"'],
  ['regular', '[stage-1 2/4] COPY --from=a /a /b', 'COPY --from=a /a /b'],
  ['regular', '[2/4] COPY . .', 'COPY . .'],
  ['regular', 'pulled from docker.io/library/alpine:3', 'The base docker.io/library/alpine:3'],
  ['regular', 'fileop target', 'Files that a step copied or began with'],
  ['regular', ' from local', 'Files that a step copied or began with'],
  ['regular', '', 'A layer of a base image'],
  ['exec.cachemount', 'cached mount /c from exec /bin/sh -c go build', 'The folder /c that RUN go build keeps'],
  ['exec.cachemount', 'cached mount /c from exec /bin/sh -c go build with id "//c"', 'The folder /c that RUN go build keeps'],
  ['source.local', 'local source for context', 'Files of a folder that was built'],
  ['source.git.checkout', 'git snapshot for https://example.org/a.git#v1', 'Files of the repository https://example.org/a.git#v1'],
  ['frontend', 'something new', 'something new'],
])('%s “%s”', (type, description, words) => {
  expect(wordsOfRecord({ type, description })).toBe(words);
});
