import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import type { Login } from '../../../contract/login.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { attempt } from '../../desk/attempt.ts';
import { openDialog, useDialogs } from '../../desk/dialogs.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { keptWords } from './login-words.ts';
import c from './RegistryPage.module.css';

/** The registries that one is signed in to, and under which name. */
export function LoginList() {
  const dialog = useDialogs(({ open }) => open?.name);
  // a dialog that closes may have changed the list
  const { answer, failure, again } = useAsked('logins', (signal) => client.logins.list(undefined, { signal }), { since: dialog });
  const signOut = async (registry: string) => {
    await attempt(() => client.logins.signOut({ registry }));
    again?.();
  };
  return (
    <section className={c.logins} aria-label="Accounts">
      <div className={c.repositoryHead}>
        <h2 className="h3 grow">Accounts</h2>
        <Button size="xs" onClick={() => openDialog({ name: 'sign-in' })}>
          Sign in…
        </Button>
      </div>
      {failure && <FailureNote failure={failure} />}
      {answer?.length === 0 && (
        <p className={`t2 ${c.loginRow}`}>You aren’t signed in to any registry. Public images don’t need a sign-in.</p>
      )}
      <ul>
        {answer?.map((login) => (
          <LoginRow key={login.registry} login={login} onSignOut={() => void signOut(login.registry)} />
        ))}
      </ul>
    </section>
  );
}

const LoginRow = ({ login, onSignOut }: { login: Login; onSignOut(): void }) => (
  <li className={c.loginRow}>
    <span className={c.loginWho}>
      <span className="strong">{login.registry}</span>
      <span className="t2">{login.username ? `as ${login.username}` : 'with a token'}</span>
    </span>
    <span className="sm t3 grow">{keptWords(login)}</span>
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconLogout size={14} stroke={1.7} />}
      onClick={onSignOut}
      aria-label={`Sign out of ${login.registry}`}
    >
      Sign out
    </Button>
  </li>
);
