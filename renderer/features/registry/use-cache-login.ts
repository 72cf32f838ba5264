import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { useAsked } from '../../connection/use-asked.ts';

/** How a cache gets into its registry: it doesn't sign in, with the sign-in that Layerdeck has there, or with one that is entered. */
export type CacheSignIn = 'none' | 'known' | 'entered';

/** What one chose and entered of a cache's sign-in, and handing it to main, which asks the registry whether it's right. */
export function useCacheLogin(remote: string, first: CacheSignIn) {
  const [kind, setKind] = useState<CacheSignIn>(first);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [isAsking, setAsking] = useState(false);
  const [closed] = useState(() => new AbortController());
  const { answer = [] } = useAsked('logins', (signal) => client.logins.list(undefined, { signal }));
  const host = remote.replace(/^https?:\/\//, '').replace(/^registry-1\.docker\.io$/, 'docker.io');
  // one that is a token has no name, and a cache can't use it
  const known = answer.find((login) => login.registry === host && login.username !== undefined)?.username;
  const chosen = kind === 'known' && known === undefined ? 'none' : kind;
  /** What main gave for it; undefined if the cache doesn't sign in. */
  const hand = async (): Promise<string | undefined | 'failed'> => {
    if (chosen === 'none') return undefined;
    setAsking(true);
    setFailure(undefined);
    try {
      const login = chosen === 'entered' ? { login: { username: username.trim(), password } } : {};
      return (await client.localRegistry.handCacheLogin({ remote, ...login }, { signal: closed.signal })).login;
    } catch (error) {
      if (!closed.signal.aborted) setFailure(failureOf(error));
      return 'failed';
    } finally {
      setAsking(false);
    }
  };
  return {
    kind: chosen,
    setKind,
    known,
    username,
    setUsername,
    password,
    setPassword,
    failure,
    isAsking,
    isComplete: chosen !== 'entered' || (username.trim() !== '' && password !== ''),
    hand,
    /** After the dialog is closed, no cache may start. */
    giveUp: () => closed.abort(),
  };
}
