import { expect, test } from 'vitest';
import { orStopped } from '../../main/distribution/or-stopped.ts';

test('who stops waits for nothing, and what ends in time counts', async () => {
  const stop = new AbortController();
  const never = orStopped(new Promise(() => {}), stop.signal);
  expect(await orStopped(Promise.resolve(7), stop.signal)).toBe(7);
  await expect(orStopped(Promise.reject(new Error('its own')), stop.signal)).rejects.toThrow('its own');
  stop.abort(new Error('stopped'));
  await expect(never).rejects.toThrow('stopped');
  await expect(orStopped(Promise.resolve(7), stop.signal)).rejects.toThrow('stopped');
});
