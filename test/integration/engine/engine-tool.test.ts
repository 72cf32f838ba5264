import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { host } from '../../support/engines/own-engine.ts';

test('the shared engine has the base and the registry image', async () => {
  const images = await makeCommands(host).docker(['images', '--format', '{{.Repository}}:{{.Tag}}']);
  expect(images.split('\n')).toEqual(expect.arrayContaining(['layerdeck/base:1', 'registry:2']));
});

test.skipIf(process.env.LAYERDECK_TEST_ENGINE)('a second engine runs beside it, survives a crash and leaves nothing behind', async () => {
  const engine = await startEngine();
  await engine.makeBaseImage('only-here:1');
  await engine.kill();
  await expect(engine.docker(['version'])).rejects.toThrow(/Cannot connect/);
  await engine.restart();
  expect(await engine.docker(['images', '--quiet', 'only-here:1'])).not.toBe('');
  await engine.stop();
  expect(existsSync(engine.dataRoot)).toBe(false);
  expect(await makeCommands(host).docker(['images', '--quiet', 'only-here:1'])).toBe('');
});
