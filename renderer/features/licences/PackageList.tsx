import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { LicensedPackage } from '../../../contract/licences.ts';
import { count, grouped } from '../../ui/format.ts';
import { moveByKey } from '../../ui/move-by-key.ts';
import c from './AboutPage.module.css';
import { matchPackages, packageKey } from './match-packages.ts';

type Props = { own: LicensedPackage; packages: LicensedPackage[]; chosen: string; onChoose(one: LicensedPackage): void };

/** The app and the packages in it, to choose one from by searching, clicking or with the arrow keys. */
export function PackageList({ own, packages, chosen, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const found = matchPackages(packages, search);
  const shown = [...matchPackages([own], search), ...found];
  const focusRow = () => list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  return (
    <section className={c.side} aria-label="Packages">
      <div className={c.find}>
        <TextInput
          type="search"
          aria-label="Search packages"
          placeholder="Name, licence or author"
          leftSection={<IconSearch size={14} stroke={1.7} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('');
            if (event.key === 'ArrowDown') focusRow();
          }}
        />
        <p className="sm t3 num" role="status">
          {found.length === packages.length
            ? `Contains ${count(packages.length, 'package')} by others`
            : `${grouped(found.length)} of ${count(packages.length, 'package')}`}
        </p>
      </div>
      {shown.length === 0 ? (
        <p className={`t2 ${c.none}`}>Nothing matches</p>
      ) : (
        <Rows list={list} shown={shown} chosen={chosen} onChoose={onChoose} />
      )}
    </section>
  );
}

type RowsProps = Pick<Props, 'chosen' | 'onChoose'> & { shown: LicensedPackage[]; list: React.RefObject<HTMLUListElement | null> };

function Rows({ shown, chosen, onChoose, list }: RowsProps) {
  const chosenAt = shown.findIndex((one) => packageKey(one) === chosen);
  // if the search hides the chosen one, Tab leads to the first
  const at = Math.max(0, chosenAt);
  useEffect(() => {
    const row = list.current?.querySelectorAll('button')[at];
    row?.scrollIntoView({ block: 'nearest' });
    // the focus follows only if it is in the list already
    if (list.current?.contains(document.activeElement)) row?.focus();
  }, [at, list]);
  const keys = (event: KeyboardEvent) => {
    const next = shown[moveByKey(event.key, at, shown.length) ?? -1];
    if (!next) return;
    onChoose(next);
    event.preventDefault();
  };
  return (
    <ul ref={list} className={`scroll ${c.list}`} aria-label="Packages and their licences" onKeyDown={keys}>
      {shown.map((one, place) => (
        <li key={packageKey(one)}>
          <button
            type="button"
            className={c.row}
            aria-pressed={place === chosenAt}
            tabIndex={place === at ? 0 : -1}
            onClick={() => onChoose(one)}
          >
            <span className={`cut ${c.name}`}>{one.name}</span> <span className="sm t3 num">{one.version}</span>
            <span className="grow" />
            <span className={`sm ${c.licence}`}>{one.licence}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
