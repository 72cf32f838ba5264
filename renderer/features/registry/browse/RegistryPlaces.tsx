import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { useDialogs } from '../../../desk/dialogs.ts';
import { formatRoute, openPage } from '../../../desk/navigation.ts';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { count } from '../../../ui/format.ts';
import { registryProblem } from '../login-words.ts';
import { type KnownRegistry, knownRegistries } from './known-registries.ts';
import c from './RegistryPlaces.module.css';
import { registryName } from './remote-names.ts';

/** The registries that can be looked into: those that are known, and any other by its address. */
export function RegistryPlaces() {
  const dialog = useDialogs(({ open }) => open?.name);
  const { answer: logins } = useAsked('logins', (signal) => client.logins.list(undefined, { signal }), { since: dialog });
  const own = useMirror(({ registry }) => (registry.state === 'running' ? registry.address : undefined));
  const alias = useMirror(({ registry }) => ('alias' in registry ? registry.alias : undefined));
  const images = useMirror((mirror) => mirror.images?.images);
  const known = useMemo(() => knownRegistries({ own, alias, logins: logins ?? [], images: images ?? [] }), [own, alias, logins, images]);
  return (
    <section aria-labelledby="registries-title">
      <div className={c.head}>
        <h2 className="h3" id="registries-title">
          Look into a registry
        </h2>
      </div>
      <ul className={c.list} aria-label="Registries">
        {known.map((one) => (
          <li key={one.registry}>
            <a className={c.place} href={formatRoute({ page: 'browse', registry: one.registry })}>
              <span className={`strong cut ${c.name}`}>{registryName(one.registry)}</span>
              <span className="t2 grow cut">{whyWords(one)}</span>
              <IconChevronRight size={16} stroke={1.6} aria-hidden />
            </a>
          </li>
        ))}
      </ul>
      <OtherRegistry />
    </section>
  );
}

function whyWords({ isOwn, username, images }: KnownRegistry): string {
  const login = username === undefined ? [] : [username === '' ? 'signed in' : `signed in as ${username}`];
  const named = images > 0 ? [`${count(images, 'image')} on your engine ${images === 1 ? 'is' : 'are'} named after it`] : [];
  return [...(isOwn ? ['on this computer'] : []), ...login, ...named].join(' · ');
}

function OtherRegistry() {
  const [text, setText] = useState('');
  const host = text.trim();
  const problem = registryProblem(host);
  const look = (event: FormEvent) => {
    event.preventDefault();
    if (host !== '' && problem === undefined) openPage({ page: 'browse', registry: host === 'index.docker.io' ? 'docker.io' : host });
  };
  return (
    <form className={c.other} onSubmit={look}>
      <div className={c.field}>
        <CheckedField label="Another registry" value={text} onChange={setText} problem={problem} placeholder="registry.example:5000" />
      </div>
      <Button type="submit" disabled={host === '' || problem !== undefined}>
        Look into it
      </Button>
    </form>
  );
}
