import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownAddresses } from '../../../main/features/local-registry/reach-registry.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { startOtherComputer } from '../../support/other-computer.ts';
import { containerOf, pushSmall, removeAll, startOwn } from '../../support/own-registry.ts';
import { freePort } from '../../support/take-port.ts';

const fresh = new FreshEngine();

beforeAll(async () => {
  await fresh.engine.makeRegistryImage();
});
afterEach(() => removeAll(fresh.engine.docker));

/** The status of an answer at `/v2/`; undefined if nobody answers. */
async function knock(address: string, login?: { username: string; password: string }): Promise<number | undefined> {
  const authorization = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  try {
    return (await fetch(`http://${address}/v2/`, { headers: authorization ? { authorization } : {} })).status;
  } catch {
    return undefined;
  }
}

const isOpen = (open: boolean) =>
  fresh.app.until(() => fresh.app.registry.registry.state === 'running' && containerOf(fresh.app.registry).isOpen === open);

test('other addresses of this computer lead to it only once it is opened, with its login, until it is closed or lets everybody in', async () => {
  const port = await freePort();
  const [outside] = ownAddresses().map((one) => `${one.address}:${port}`);
  if (outside === undefined) throw new Error('this computer has no address but loopback');
  const here = await startOwn(fresh.app, { port });
  expect(await knock(outside)).toBeUndefined();
  await expect(fresh.app.registries.reach({ isOpen: true })).rejects.toThrow();
  expect(await knock(outside)).toBeUndefined();

  const login = await fresh.app.registries.protect({ username: 'ada' });
  expect([await knock(here), await knock(outside)]).toEqual([401, undefined]);
  await fresh.app.registries.reach({ isOpen: true });
  await isOpen(true);
  expect(containerOf(fresh.app.registry).address).toBe(here);
  expect([await knock(here), await knock(outside), await knock(outside, login)]).toEqual([401, 401, 200]);
  expect(await knock(outside, { ...login, password: 'x' })).toBe(401);
  await pushSmall(fresh.app, 'it-reach:1');

  await fresh.app.registries.reach({ isOpen: false });
  await isOpen(false);
  expect([await knock(here, login), await knock(outside, login)]).toEqual([200, undefined]);

  await fresh.app.registries.reach({ isOpen: true });
  await isOpen(true);
  await fresh.app.registries.unprotect();
  await isOpen(false);
  expect([await knock(here), await knock(outside)]).toEqual([200, undefined]);
});

test('another computer gets nothing before it is opened, and nothing without the password after', async () => {
  await using other = await startOtherComputer();
  const port = await freePort();
  await startOwn(fresh.app, { port });
  expect(ownAddresses()).toContainEqual(expect.objectContaining({ address: other.here, isInner: false }));
  const login = await fresh.app.registries.protect({ username: 'ada' });
  expect(await other.knock(port, login)).toBeUndefined();
  await fresh.app.registries.reach({ isOpen: true });
  await isOpen(true);
  expect([await other.knock(port), await other.knock(port, { ...login, password: 'x' }), await other.knock(port, login)]).toEqual([
    401, 401, 200,
  ]);
  await fresh.app.registries.reach({ isOpen: false });
  await isOpen(false);
  expect(await other.knock(port, login)).toBeUndefined();
});
