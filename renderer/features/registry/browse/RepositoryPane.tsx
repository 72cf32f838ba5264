import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Streamed } from '../../../connection/use-stream.ts';
import { openDialog } from '../../../desk/dialogs.ts';
import { formatRoute } from '../../../desk/navigation.ts';
import { registryThatMayLetIn } from '../../../desk/registry-that-may-let-in.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { LongList } from '../../../ui/LongList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import c from './BrowsePage.module.css';
import { isRepository } from './remote-names.ts';
import type { Repositories } from './use-browse.ts';

type Props = { registry: string; repositories: Streamed<Repositories>; chosen: string | undefined };

/** The repositories of a registry; one that isn’t listed can be typed. */
export function RepositoryPane({ registry, repositories, chosen }: Props) {
  const [text, setText] = useState('');
  const { value, failure, isReading, again } = repositories;
  const sought = text.trim().toLowerCase();
  const names = useMemo(() => {
    // one that was opened by its name belongs to the list
    const all = chosen === undefined || value.names.includes(chosen) || !value.unlisted ? value.names : [chosen, ...value.names];
    return sought === '' ? all : all.filter((name) => name.includes(sought));
  }, [value, chosen, sought]);
  const typed = sought !== '' && isRepository(sought) && !value.names.includes(sought) ? sought : undefined;
  return (
    <nav className={c.repositories} aria-label="Repositories">
      <SearchBox className={c.search} label="Find or type a repository" placeholder="Find or type a name" text={text} onText={setText} />
      <div className={`scroll ${c.names}`}>
        {failure && (
          <FailureNote failure={failure}>
            <Again failure={failure} again={again} />
          </FailureNote>
        )}
        {value.unlisted && (
          <Notice tone="quiet" title={value.unlisted.title}>
            <p>{value.names.length > 0 ? value.unlisted.detail : 'No image on your engine is named after it.'}</p>
            <p>{value.unlisted.hint}</p>
            {value.unlisted.kind === 'sign-in' && <SignIn registry={registry} />}
          </Notice>
        )}
        {typed !== undefined && (
          <a className={c.repository} href={formatRoute({ page: 'browse', registry, repository: typed })}>
            <span className="cut">
              Look into <b>{typed}</b>
            </span>
          </a>
        )}
        <LongList items={names} keyOf={(name) => name} rowHeight={34} label="Repositories">
          {(name) => (
            <a
              className={c.repository}
              href={formatRoute({ page: 'browse', registry, repository: name })}
              aria-current={name === chosen ? 'true' : undefined}
              title={name}
            >
              <span className="cut">{name}</span>
            </a>
          )}
        </LongList>
        {isReading && names.length === 0 && (
          <p className={`row t2 ${c.wait}`}>
            <Ring /> Reading
          </p>
        )}
        {!isReading && !failure && !value.unlisted && names.length === 0 && typed === undefined && (
          <p className={`t2 ${c.wait}`}>{sought === '' ? 'Nothing has been pushed to it yet.' : 'No repository has this in its name.'}</p>
        )}
      </div>
    </nav>
  );
}

const SignIn = ({ registry }: { registry: string }) => (
  <Button size="xs" className={c.act} onClick={() => openDialog({ name: 'sign-in', registry })}>
    Sign in…
  </Button>
);

type AgainProps = { failure: NonNullable<Streamed<unknown>['failure']>; again(): void };

/** What can be done after a registry did not answer as one wishes. */
export function Again({ failure, again }: AgainProps) {
  const registry = registryThatMayLetIn(failure);
  return (
    <div className="row">
      <Button size="xs" className={c.act} onClick={again}>
        Try again
      </Button>
      {registry !== undefined && failure.kind === 'sign-in' && <SignIn registry={registry} />}
    </div>
  );
}
