import { isInsecureFor } from '../../foundation/engine/insecure-registries.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { takesTokens } from '../../foundation/registries/logins/login-for-engine.ts';
import type { Logins } from '../../foundation/registries/logins/logins.ts';
import type { Access } from '../../foundation/registries/open-repository.ts';

export type AccessFor = (engine: Engine) => Access;

/** How registries are reached for an engine: with the person's logins, and without a certificate where that engine asks for none. */
export const accessOf = (logins: Logins, engine: () => Engine | undefined): Access => ({
  logins,
  isInsecure: async (registry) => {
    const own = engine();
    return own !== undefined && isInsecureFor(own, registry);
  },
  takesTokens: () => {
    const own = engine();
    return !own || takesTokens(own);
  },
});
