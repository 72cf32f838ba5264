import { expect, test } from 'vitest';
import { dueWords, trustOf } from '../../../../renderer/features/registry/encryption/trust-words.ts';

const day = 24 * 60 * 60 * 1000;
const wlan = { interface: 'wlan0', address: '192.168.1.7', isInner: false };
const certificate = { from: 0, until: 397 * day, authority: '', names: ['localhost', '192.168.1.7'] };

test.each([
  [100 * day, [wlan], undefined],
  [-day, [wlan], /clock/],
  [398 * day, [wlan], /has run out/],
  [380 * day, [wlan], /ends soon/],
  [100 * day, [wlan, { ...wlan, address: '10.0.0.7' }], /at 10\.0\.0\.7 by now/],
  [100 * day, [wlan, { ...wlan, address: '172.17.0.1', isInner: true }], undefined],
])('at %d, with %j, a certificate is called %s', (now, addresses, expected) => {
  const words = dueWords(certificate, addresses, now);
  if (expected === undefined) expect(words).toBeUndefined();
  else expect(words).toMatch(expected);
});

test('every engine is told the registry by its host and port, as in names of images', () => {
  for (const { lines } of trustOf('192.168.1.7:5000')) expect(lines).toContain('192.168.1.7:5000');
});
