import type { Implementer, Parts } from './router.ts';

/** The words of the contract about logins. */
export const loginProcedures = (os: Implementer, { logins }: Pick<Parts, 'logins'>) => ({
  list: os.logins.list.handler(() => logins.list()),
  signIn: os.logins.signIn.handler(({ input: { registry, username, password } }) => logins.store(registry, { username, password })),
  signOut: os.logins.signOut.handler(({ input }) => logins.forget(input.registry)),
});
