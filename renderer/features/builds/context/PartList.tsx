import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronRight, IconEyeOff, IconFile, IconFiles, IconFolder } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { bytes, count } from '../../../ui/format.ts';
import { moveByKey } from '../../../ui/move-by-key.ts';
import c from './ContextView.module.css';
import { bytesIn, type ContextPart } from './context-parts.ts';

type Props = {
  parts: ContextPart[];
  /** Path of the part that has the focus. */
  active: string | undefined;
  onActive(part: ContextPart): void;
  onOpen(part: ContextPart): void;
  onUp(): void;
  onLeaveOut(part: ContextPart): void;
  label: string;
};

/** The same as the map, for reading and for the keyboard: arrows move, right opens a folder, left leaves it. */
export function PartList({ parts, active, onActive, onOpen, onUp, onLeaveOut, label }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const at = Math.max(
    0,
    parts.findIndex(({ path }) => path === active),
  );
  useEffect(() => {
    const row = list.current?.querySelectorAll('li')[at];
    row?.scrollIntoView({ block: 'nearest' });
    // the focus follows only if it is in the list: a click in the map leaves it there
    if (list.current?.contains(document.activeElement)) row?.querySelector('button')?.focus();
  }, [at]);
  const keys = (event: KeyboardEvent) => {
    const part = parts[at];
    const target = parts[moveByKey(event.key, at, parts.length) ?? -1];
    if (target) onActive(target);
    else if (event.key === 'ArrowRight' && part?.canOpen) onOpen(part);
    else if (event.key === 'ArrowLeft' || event.key === 'Backspace') onUp();
    else return;
    event.preventDefault();
  };
  return (
    <ul className={`scroll ${c.parts}`} ref={list} aria-label={label} onKeyDown={keys}>
      {parts.map((part, place) => (
        <PartRow
          key={part.path}
          part={part}
          isActive={place === at}
          onPress={() => (part.canOpen ? onOpen(part) : onActive(part))}
          onFocus={() => onActive(part)}
          onLeaveOut={() => onLeaveOut(part)}
        />
      ))}
    </ul>
  );
}

type RowProps = { part: ContextPart; isActive: boolean; onPress(): void; onFocus(): void; onLeaveOut(): void };

const icons = { folder: IconFolder, file: IconFile, rest: IconFiles };

function PartRow({ part, isActive, onPress, onFocus, onLeaveOut }: RowProps) {
  const Icon = icons[part.kind];
  const tabIndex = isActive ? 0 : -1;
  return (
    <li className={c.part} data-fate={part.fate} data-active={isActive || undefined}>
      <button type="button" className={c.press} tabIndex={tabIndex} onClick={onPress} onFocus={onFocus}>
        <Icon size={15} stroke={1.6} aria-hidden />
        <span className={`cut ${c.partName}`}>
          {part.kind === 'rest' ? count(filesIn(part), 'smaller one', 'smaller ones') : part.name}
        </span>
        {part.fate !== 'sent' && <span className={c.fate}>{part.fate === 'left' ? 'left out' : 'partly left out'}</span>}
        <span className="grow" />
        <span className="num">{bytes(bytesIn(part))}</span>
        {part.canOpen ? <IconChevronRight size={14} stroke={1.7} aria-hidden /> : <span className={c.noChevron} />}
      </button>
      {part.kind === 'rest' || part.fate === 'left' ? (
        <span className={c.noLeaveOut} />
      ) : (
        <Tooltip label="Leave out">
          <ActionIcon className={c.leaveOut} tabIndex={tabIndex} aria-label={`Leave out ${part.name}`} onClick={onLeaveOut}>
            <IconEyeOff size={15} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

const filesIn = ({ sent, left }: ContextPart): number => sent.files + left.files;
