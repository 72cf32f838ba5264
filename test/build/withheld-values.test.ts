import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WithheldValues, withheldPlaceholder } from '../../main/build/withheld-values.ts';

test('whatever stands around it, a value is in nothing that is shown', () => {
  const values = fc.array(
    fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme' }).filter((text) => text.trim().length >= 4),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(values, fc.string(), fc.string(), (secrets, before, after) => {
      const withheld = new WithheldValues(secrets);
      for (const secret of secrets.map((text) => text.trim()).filter((text) => !withheldPlaceholder.includes(text))) {
        const shown = withheld.clean(`${before}${secret}${after}`);
        expect(shown.split(withheldPlaceholder).filter((part) => part.includes(secret))).toEqual([]);
        expect(withheld.cleanAll({ steps: [{ text: secret }] })).not.toEqual({ steps: [{ text: secret }] });
        expect(withheld.clean(encodeURIComponent(secret.toWellFormed()))).not.toContain(encodeURIComponent(secret.toWellFormed()));
        expect(withheld.clean(Buffer.from(secret).toString('base64'))).not.toContain(
          Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        );
      }
    }),
  );
});

test('of a file, each line', () => {
  const withheld = new WithheldValues();
  withheld.add(Buffer.from('-----BEGIN KEY-----\nabcdef\n123\n'));
  expect(withheld.clean('x abcdef 123')).toBe('x [withheld] 123');
});

test('what was learnt later counts, too, and the longest first', () => {
  const withheld = new WithheldValues(['secret']);
  withheld.add('secret-and-more');
  expect(withheld.clean('a secret-and-more, a secret')).toBe('a [withheld], a [withheld]');
});

test.each([
  '//registry.example/:_authToken=npm_abcdefgh',
  'export=x\nTOKEN="npm_abcdefgh"',
  '{\n  "user": "me",\n  "token": "npm_abcdefgh",\n}',
  'password = npm_abcdefgh',
  "key: 'npm_abcdefgh'",
])('what a line of a file gives to a name: %s', (file) => {
  const withheld = new WithheldValues();
  withheld.add(file);
  expect(withheld.clean('got npm_abcdefgh of me')).toBe('got [withheld] of me');
});
