import { HandedSecrets } from '../../foundation/secrets/handed-secrets.ts';
import type { CacheLogin } from './cache-login.ts';

/** Sign-ins that were checked, until the task takes them that starts a cache. */
export class CacheLogins {
  readonly #handed = new HandedSecrets<{ remote: string; login: CacheLogin }>();

  hand(remote: string, login: CacheLogin): string {
    return this.#handed.hand({ remote, login });
  }

  /** Gives it only for the registry that it was checked with. */
  takeFor(remote: string, word: string): CacheLogin {
    const handed = this.#handed.take(word);
    if (handed.remote !== remote) throw new Error(`a sign-in to ${handed.remote} is not for ${remote}`);
    return handed.login;
  }
}
