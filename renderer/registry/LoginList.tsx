import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import type { Login } from '../../contract/login.ts';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { openDialog, useDialogs } from '../connection/dialogs.ts';
import { useAsked } from '../connection/use-asked.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { keptWords } from './login-words.ts';
import c from './RegistryPage.module.css';

/** Where one is signed in, and with whose name. */
export function LoginList() {
  const [changes, setChanges] = useState(0);
  const dialog = useDialogs(({ open }) => open?.name);
  // what a dialog changed shows when it has gone
  const { answer, failure } = useAsked(`${changes} ${dialog}`, () => client.logins.list());
  const signOut = async (registry: string) => {
    await attempt(() => client.logins.signOut({ registry }));
    setChanges(changes + 1);
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
      {answer?.length === 0 && <p className={`t2 ${c.loginRow}`}>You are signed in nowhere. What is public can be got without it.</p>}
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
