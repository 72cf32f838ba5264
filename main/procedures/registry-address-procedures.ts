import { writeFile } from 'node:fs/promises';
import { nameOnEngine } from '../features/local-registry/name/name-on-engine.ts';
import { authorityToSave, encryptRegistry } from '../features/local-registry/tls/encrypt-registry.ts';
import type { Implementer, ProcedureParts } from './router.ts';

type Parts = Pick<
  ProcedureParts,
  'connection' | 'registry' | 'registryBook' | 'registryAuthority' | 'ownName' | 'openRegistries' | 'dialogs' | 'partials'
>;

/** The contract's procedures about how the registry on this computer is reached: encrypted, and by a name. */
export function registryAddressProcedures(
  os: Implementer,
  { connection, registry, registryBook, registryAuthority, ownName, openRegistries, dialogs, partials }: Parts,
) {
  const encrypt = (isWanted: boolean) =>
    encryptRegistry(connection.engine, { book: registryBook, authority: registryAuthority, ownName }, isWanted);
  return {
    encrypt: os.localRegistry.encrypt.handler(async ({ input }) => {
      await encrypt(input.isEncrypted);
      openRegistries.forget();
    }),
    saveAuthority: os.localRegistry.saveAuthority.handler(async () => {
      const certificate = authorityToSave(registry.registry, registryBook);
      const path = await dialogs.chooseCertificateTarget('layerdeck-registry-ca.crt');
      if (path === null) return null;
      await partials.write(path, async (partial) => {
        await writeFile(partial, certificate, { flag: 'wx', flush: true });
        return {};
      });
      return { path };
    }),
    lookAtName: os.localRegistry.lookAtName.handler(async ({ input: { name } }) => ({
      ...(await ownName.look(name)),
      engine: await nameOnEngine(connection.engine, registry.registry, name),
      product: connection.engine.product,
    })),
    setName: os.localRegistry.setName.handler(async ({ input: { name } }) => {
      await ownName.set(name ?? undefined);
      openRegistries.forget();
      const now = registry.registry;
      try {
        // its certificate has to be for that name, too
        if (name !== null && 'certificate' in now && now.certificate && now.maker === 'layerdeck') await encrypt(true);
      } finally {
        // the line is in the file by now
        registry.touch();
      }
    }),
    checkName: os.localRegistry.checkName.handler(async () => {
      const name = await ownName.refresh();
      registry.touch();
      return { name: name ?? null };
    }),
  };
}
