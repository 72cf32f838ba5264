import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { plainText } from './AnsiText.tsx';
import { grouped } from './format.ts';
import c from './LogPane.module.css';

export type LogSearchState = {
  query: string;
  setQuery(query: string): void;
  /** Places of the lines that match. */
  found: number[];
  /** The place of the current match. */
  current: number | undefined;
  at: number;
  move(by: 1 | -1): void;
};

/** Finds a text in lines that may still grow, and moves from match to match. */
export function useLogSearch(lines: readonly { text: string }[]): LogSearchState {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => findLines(lines, query), [lines, query]);
  const place = found.length === 0 ? 0 : ((at % found.length) + found.length) % found.length;
  return {
    query,
    setQuery: (next) => {
      setQuery(next);
      setAt(0);
    },
    found,
    current: found[place],
    at: place,
    move: (by) => setAt(place + by),
  };
}

function findLines(lines: readonly { text: string }[], query: string): number[] {
  if (query === '') return [];
  const wanted = query.toLowerCase();
  return lines.flatMap(({ text }, place) => (plainText(text).toLowerCase().includes(wanted) ? [place] : []));
}

export function LogSearch({ search, label = 'Search the log' }: { search: LogSearchState; label?: string }) {
  const { query, setQuery, found, at, move } = search;
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') move(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && query !== '') setQuery('');
    else return;
    event.stopPropagation();
  };
  return (
    <search className={c.search}>
      <TextInput
        aria-label={label}
        placeholder="Search"
        size="xs"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={byKey}
        leftSection={<IconSearch size={13} stroke={1.7} aria-hidden />}
      />
      {query !== '' && (
        <>
          <span className="sm t2 num" role="status">
            {found.length === 0 ? 'not found' : `${grouped(at + 1)} of ${grouped(found.length)}`}
          </span>
          <ActionIcon aria-label="Previous match" disabled={found.length === 0} onClick={() => move(-1)}>
            <IconChevronUp size={14} />
          </ActionIcon>
          <ActionIcon aria-label="Next match" disabled={found.length === 0} onClick={() => move(1)}>
            <IconChevronDown size={14} />
          </ActionIcon>
        </>
      )}
    </search>
  );
}
