import { checkLogin } from '../foundation/registries/check-login.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about logins. */
export const loginProcedures = (os: Implementer, { logins, access }: Pick<ProcedureParts, 'logins' | 'access'>) => ({
  list: os.logins.list.handler(() => logins.list()),
  signIn: os.logins.signIn.handler(async ({ input: { registry, username, password }, signal }) => {
    const login = { username, password };
    const { secret, isChecked } = await checkLogin(registry, login, access, signal);
    signal?.throwIfAborted();
    return { ...(await logins.store(registry, secret)), isChecked };
  }),
  signOut: os.logins.signOut.handler(({ input }) => logins.forget(input.registry)),
});
