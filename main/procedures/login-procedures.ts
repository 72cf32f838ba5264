import { checkLogin } from '../foundation/registries/check-login.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about logins. */
export const loginProcedures = (
  os: Implementer,
  { logins, access, openRegistries }: Pick<ProcedureParts, 'logins' | 'access' | 'openRegistries'>,
) => ({
  list: os.logins.list.handler(() => logins.list()),
  signIn: os.logins.signIn.handler(async ({ input: { registry, username, password }, signal }) => {
    const login = { username, password };
    const { secret, isChecked } = await checkLogin(registry, login, access, signal);
    signal?.throwIfAborted();
    const stored = await logins.store(registry, secret);
    openRegistries.forget(registry);
    return { ...stored, isChecked };
  }),
  signOut: os.logins.signOut.handler(async ({ input: { registry } }) => {
    await logins.forget(registry);
    openRegistries.forget(registry);
  }),
});
