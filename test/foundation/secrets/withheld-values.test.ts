import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WithheldValues, withheldPlaceholder } from '../../../main/foundation/secrets/withheld-values.ts';

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
        for (const encoding of ['base64', 'base64url'] as const) {
          const whole = Buffer.from(`${before}${secret}${after}`.toWellFormed()).toString(encoding);
          expect(withheld.clean(whole)).toContain(withheldPlaceholder);
        }
        expect(withheld.clean(JSON.stringify({ [before]: secret }))).toContain(withheldPlaceholder);
      }
    }),
  );
});

test('the names of things stay, even if they read like a value', () => {
  const step = { id: 'make', needs: ['make'], stage: 'make', state: 'built', instruction: 'RUN make' };
  const cleaned = new WithheldValues(['make', 'built', 'classic']).cleanAll({ builder: 'classic', steps: [step] });
  expect(cleaned).toEqual({ builder: 'classic', steps: [{ ...step, instruction: 'RUN [withheld]' }] });
});

test('each line of a file', () => {
  const withheld = new WithheldValues();
  withheld.add(Buffer.from('-----BEGIN KEY-----\nabcdef\n123\n'));
  expect(withheld.clean('x abcdef 123')).toBe('x [withheld] 123');
});

test('values learnt later count, too, and the longest first', () => {
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
])('the value that a line of a file gives to a name: %s', (file) => {
  const withheld = new WithheldValues();
  withheld.add(file);
  expect(withheld.clean('got npm_abcdefgh of me')).toBe('got [withheld] of me');
});

test('a value as Basic auth encodes it', () => {
  const withheld = new WithheldValues(['hunter2-and-more']);
  for (const user of ['u', 'me', 'you']) {
    const shown = withheld.clean(Buffer.from(`${user}:hunter2-and-more`).toString('base64'));
    expect(Buffer.from(shown.replace(withheldPlaceholder, ''), 'base64').toString()).not.toMatch(/hunt|more/);
  }
});
