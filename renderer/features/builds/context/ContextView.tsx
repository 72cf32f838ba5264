import { Checkbox } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { type ContextMap, ignorePattern } from '../../../../contract/context-map.ts';
import { listedUpTo } from '../../../ui/format.ts';
import c from './ContextView.module.css';
import { type ContextPart, folderAt, partsOf } from './context-parts.ts';
import { PartList } from './PartList.tsx';
import { SizeMap } from './SizeMap.tsx';
import type { ContextLook } from './use-context-map.ts';
import { WarningList } from './WarningList.tsx';

type Props = { map: ContextMap; look: ContextLook; folderName: string };

/** What a build would send of a folder and what stays behind: a map of sizes, and the same as a list beside it. */
export function ContextView({ map, look, folderName }: Props) {
  const [wanted, setWanted] = useState<string[]>([]);
  const [active, setActive] = useState<string>();
  const [withLeft, setWithLeft] = useState(true);
  const side = useRef<HTMLDivElement>(null);
  // the folder that was shown may be left out or gone by now
  const { folder, path } = useMemo(() => folderAt(map.root, wanted), [map, wanted]);
  const parts = useMemo(() => partsOf(folder, path), [folder, path]);
  // at first, and when the button that was pressed has gone
  // biome-ignore lint/correctness/useExhaustiveDependencies: any new map may have taken the focus away
  useEffect(() => {
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree) side.current?.querySelector<HTMLElement>('li[data-active] button')?.focus();
  }, [map]);
  const show = (next: string[], at?: string) => {
    setWanted(next);
    setActive(at);
    // the rows of the other folder are in the page only once it has been drawn
    requestAnimationFrame(() => side.current?.querySelector<HTMLElement>('li[data-active] button')?.focus());
  };
  const open = (part: ContextPart) => show([...path, part.name]);
  const up = () => path.length > 0 && show(path.slice(0, -1), path.join('/'));
  return (
    <div className={c.view}>
      <div className={c.mapSide}>
        <SizeMap folder={folder} path={path} withLeft={withLeft} active={active} onPoint={({ path: at }) => setActive(at)} onOpen={open} />
        <Legend hasLeft={map.left.files > 0} withLeft={withLeft} onWithLeft={setWithLeft} />
      </div>
      <div className={c.listSide} ref={side}>
        {map.unreadable.length > 0 && <Unreadable paths={map.unreadable} />}
        {map.warnings.length > 0 && (
          <WarningList warnings={map.warnings} isBusy={look.isLooking} onLeaveOut={(pattern) => void look.ignore(pattern)} />
        )}
        <Way names={[folderName, ...path]} onGo={(length) => show(path.slice(0, length))} />
        <PartList
          parts={parts}
          active={active}
          label={`In ${[folderName, ...path].join('/')}, the largest first`}
          onActive={(part) => setActive(part.path)}
          onOpen={open}
          onUp={up}
          onLeaveOut={(part) => void look.ignore(ignorePattern(part.path))}
        />
      </div>
    </div>
  );
}

const Unreadable = ({ paths }: { paths: string[] }) => (
  <p className={`sm ${c.unreadable}`}>
    You don’t have permission to read {listedUpTo(paths)}. A build that copies this will fail: leave it out, or ask the owner for access.
  </p>
);

type LegendProps = { hasLeft: boolean; withLeft: boolean; onWithLeft(show: boolean): void };

const Legend = ({ hasLeft, withLeft, onWithLeft }: LegendProps) => (
  <div className={`sm t2 ${c.legend}`}>
    <Key fate="sent">Can be sent</Key>
    {hasLeft && <Key fate="left">Left out</Key>}
    <span className="grow" />
    {hasLeft && <Checkbox label="Show what is left out" checked={withLeft} onChange={(event) => onWithLeft(event.currentTarget.checked)} />}
  </div>
);

const Key = ({ fate, children }: { fate: 'sent' | 'left'; children: ReactNode }) => (
  <span className={c.key}>
    <span className={c.swatch} data-fate={fate} />
    {children}
  </span>
);

/** The folders from the context down to the one that is shown, each one a way back. */
const Way = ({ names, onGo }: { names: string[]; onGo(length: number): void }) => (
  <nav className={c.way} aria-label="Folder shown">
    {names.map((name, place) => {
      const key = names.slice(0, place + 1).join('/');
      if (place === names.length - 1) {
        return (
          <span key={key} className="strong cut" aria-current="true">
            {name}
          </span>
        );
      }
      return (
        <span key={key} className={c.step}>
          <button type="button" className={c.back} onClick={() => onGo(place)}>
            {name}
          </button>
          <span className="t3">/</span>
        </span>
      );
    })}
  </nav>
);
