import type { LocalRegistry } from '../../contract/registry.ts';
import { urlOf } from '../features/local-registry/cache.ts';
import { checkCacheLogin, knownLogin } from '../features/local-registry/cache-login.ts';
import { previewCollection } from '../features/local-registry/collect/collect.ts';
import { openRegistry, protectRegistry } from '../features/local-registry/protect-registry.ts';
import { ownAddresses, reachRegistry } from '../features/local-registry/reach-registry.ts';
import { readSize, readVersion } from '../features/local-registry/registry-details.ts';
import { notThere, takesNoPushes } from '../features/local-registry/registry-failures.ts';
import { usualPorts } from '../features/local-registry/registry-ports.ts';
import { leftBehind, removeLeftBehind } from '../features/local-registry/storage/left-behind.ts';
import { lookAtFolder } from '../features/local-registry/storage/registry-folder.ts';
import { tryS3 } from '../features/local-registry/storage/s3/try-s3.ts';
import { followContainerLog } from '../foundation/engine/containers/container-lines.ts';
import { firstFreePort } from '../foundation/engine/containers/free-port.ts';
import type { Implementer, ProcedureParts } from './router.ts';
import { withFailures } from './with-failures.ts';

const never = new AbortController().signal;

type RegistryParts = Pick<
  ProcedureParts,
  'connection' | 'registry' | 'registryBook' | 'logins' | 'access' | 'openRegistries' | 'dialogs' | 'grants' | 'cacheLogins' | 's3Handed'
>;

/** The contract's procedures about the registry on this computer. */
export const localRegistryProcedures = (
  os: Implementer,
  { connection, registry, registryBook, logins, access, openRegistries, dialogs, grants, cacheLogins, s3Handed }: RegistryParts,
) => ({
  version: os.localRegistry.version.handler(async () => {
    const now = containerOf(registry.registry);
    const address = now.state === 'running' ? now.address : undefined;
    const authority = address === undefined ? undefined : registryBook.authorityOf(address);
    return { version: (await readVersion(connection.engine, { ...now, address, authority })) ?? null };
  }),
  size: os.localRegistry.size.handler(async () => {
    const now = containerOf(registry.registry);
    return { bytes: (await readSize(connection.engine, now)) ?? null };
  }),
  log: os.localRegistry.log.handler(({ signal }) =>
    followContainerLog(connection.engine, containerOf(registry.registry).containerId, { tail: 500 }, signal),
  ),
  freePort: os.localRegistry.freePort.handler(async () => {
    const now = registry.registry;
    const own = now.state === 'absent' ? now.kept?.port : 'port' in now ? now.port : undefined;
    return { port: (await firstFreePort(usualPorts, new Set(own === undefined ? [] : [own]))) ?? null };
  }),
  protect: os.localRegistry.protect.handler(({ input }) =>
    protectRegistry(connection.engine, registryBook, input.username, async ({ address, ...login }) => {
      const kept = await logins.store(address, login);
      openRegistries.forget(address);
      return kept;
    }),
  ),
  unprotect: os.localRegistry.unprotect.handler(async () => {
    const address = await openRegistry(connection.engine, registryBook);
    await logins.forget(address);
    openRegistries.forget(address);
  }),
  reach: os.localRegistry.reach.handler(({ input }) => reachRegistry(connection.engine, registryBook, input.isOpen)),
  addresses: os.localRegistry.addresses.handler(() => ownAddresses()),
  handCacheLogin: os.localRegistry.handCacheLogin.handler(async ({ input: { remote, login }, signal }) => {
    const url = urlOf(remote);
    const checked = await checkCacheLogin(url, login ?? (await knownLogin(url, logins)), signal);
    return { login: cacheLogins.hand(remote, checked), username: checked.username };
  }),
  chooseFolder: os.localRegistry.chooseFolder.handler(() => dialogs.chooseRegistryFolder()),
  leftBehind: os.localRegistry.leftBehind.handler(async () => (await leftBehind(connection.engine, registry.registry)) ?? null),
  removeLeftBehind: os.localRegistry.removeLeftBehind.handler(() => removeLeftBehind(connection.engine, registryBook)),
  tryS3: os.localRegistry.tryS3.handler(async ({ input, signal }) => {
    const { hasRegistry } = await tryS3(input, signal);
    return { s3: s3Handed.hand(input), hasRegistry };
  }),
  lookAtFolder: os.localRegistry.lookAtFolder.handler(({ input }) => lookAtFolder(grants.pathOf(input.folder, 'write'))),
  adopt: os.localRegistry.adopt.handler(({ input }) => {
    // only what was recognised as a registry
    const chosen = registry.others.find(({ containerId }) => containerId === input.container);
    if (!chosen) throw notThere();
    if (chosen.cacheOf !== undefined) throw takesNoPushes(chosen.name, chosen.cacheOf);
    return registry.adopt(input.container);
  }),
  previewCollection: os.localRegistry.previewCollection.handler(({ input, signal = never }) => {
    const now = registry.registry;
    if (!('containerId' in now) || now.containerId !== input.container) throw notThere();
    return withFailures(previewCollection(connection.engine, access, now, signal));
  }),
  letGo: os.localRegistry.letGo.handler(({ input }) => registry.letGo(input.container)),
});

function containerOf(registry: LocalRegistry): Extract<LocalRegistry, { containerId: string }> {
  if ('containerId' in registry) return registry;
  throw notThere();
}
