import { describe, expect, it } from 'vitest';
import { first, rules } from '../../../support/advice-on.ts';

describe('ADD used instead of COPY', () => {
  it.each([
    ['ADD app.py config/ /app/', 'COPY app.py config/ /app/'],
    ['add --chown=1000 . /app', 'COPY --chown=1000 . /app'],
  ])('%s', (line, suggestion) => expect(first(['FROM a:1', line])).toMatchObject({ rule: 'add-for-copy', line: 2, suggestion }));

  it.each([
    'ADD layers.tar.xz /',
    'ADD *.conf /etc/',
    'ADD $ARCHIVE /',
    'ADD https://example.org/a /a',
    'ADD https://github.com/a/b.git#v1 /b',
    'ADD --checksum=sha256:00 https://example.org/a /a',
    'ADD <<EOF /a\nADD x /y\nEOF',
  ])('not %j', (line) => expect(rules(['FROM a:1', line])).toEqual([]));
});
