import { expect, test } from 'vitest';
import { HandedSecrets } from '../../../main/foundation/secrets/handed-secrets.ts';

test('a secret is given once to who has its word, and to nobody else', () => {
  const secrets = new HandedSecrets<string>();
  const word = secrets.hand('pass');
  expect(word).toMatch(/^[0-9a-f]{32}$/);
  expect(() => secrets.take('0'.repeat(32))).toThrow();
  expect(secrets.take(word)).toBe('pass');
  expect(() => secrets.take(word)).toThrow();
});

test('those that nobody takes are forgotten once there are more than anybody types', () => {
  const secrets = new HandedSecrets<number>();
  const words = Array.from({ length: 21 }, (_, number) => secrets.hand(number));
  expect(() => secrets.take(words[0] ?? '')).toThrow();
  expect(secrets.take(words[1] ?? '')).toBe(1);
  expect(secrets.take(words[20] ?? '')).toBe(20);
});
