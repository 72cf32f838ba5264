import { expect, test } from 'vitest';
import { raceSignal } from '../../../main/foundation/registries/race-signal.ts';

test('a stop waits for nothing, and an answer in time counts', async () => {
  const stop = new AbortController();
  const never = raceSignal(new Promise(() => {}), stop.signal);
  expect(await raceSignal(Promise.resolve(7), stop.signal)).toBe(7);
  await expect(raceSignal(Promise.reject(new Error('its own')), stop.signal)).rejects.toThrow('its own');
  stop.abort(new Error('stopped'));
  await expect(never).rejects.toThrow('stopped');
  await expect(raceSignal(Promise.resolve(7), stop.signal)).rejects.toThrow('stopped');
});
