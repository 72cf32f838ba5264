import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FileBytes, FileCost } from '../../../../contract/layer-files.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes, listed } from '../../../ui/format.ts';
import { Ring } from '../../../ui/Ring.tsx';
import a from '../FileAside.module.css';
import f from '../FileContent.module.css';
import { FileContent, type FileVersion } from '../FileContent.tsx';
import { fromBase64 } from '../from-base64.ts';
import c from './DifferencePane.module.css';
import { DiffView } from './DiffView.tsx';
import { type DiffLine, differingLines } from './diff-lines.ts';

/** Texts beyond that are shown one by one: nobody reads a difference of them. */
const largestText = 512 * 1024;

type Props = { versions: [FileVersion, FileVersion]; names: [string, string] };

/** A file that both images have with other content: the lines that differ, or for what is no text, each of them. */
export function FilePair({ versions, names }: Props) {
  const key = JSON.stringify(versions);
  const [isWanted, setIsWanted] = useState(false);
  const isLarge = versions.some(({ size }) => size > largestText);
  const costs = useAsked(isLarge ? undefined : key, (signal) =>
    Promise.all(versions.map(({ files, place, layer }) => client.layerFiles.cost({ files, place, layer }, { signal }))),
  );
  const isHere = costs.answer?.every((cost) => cost.isHere) ?? false;
  const look = useAsked(isHere || isWanted ? key : undefined, (signal) => readLines(versions, signal));
  const failure = costs.failure ?? look.failure;
  if (isLarge)
    return <EachAlone versions={versions} names={names} lead={`With more than ${bytes(largestText)}, they are shown one by one.`} />;
  if (failure) {
    return (
      <FailureNote failure={failure}>
        <Button size="xs" onClick={look.failure ? look.again : costs.again}>
          Try again
        </Button>
      </FailureNote>
    );
  }
  if (look.answer) {
    const { lines, isText } = look.answer;
    if (lines) return <DiffView lines={lines} />;
    const lead = isText ? 'They have so little in common that no lines can be told apart.' : 'At least one of them is no text.';
    return <EachAlone versions={versions} names={names} lead={lead} />;
  }
  if (!costs.answer) return <div className={f.wait} aria-busy />;
  if (isHere || isWanted) {
    return (
      <div className={f.wait}>
        <Ring size={18} label="Reading both files" />
      </div>
    );
  }
  return (
    <div className={f.wait}>
      <p className={`sm t2 ${f.cost}`}>{costWords(costs.answer)}</p>
      <Button onClick={() => setIsWanted(true)}>Show the lines that differ</Button>
    </div>
  );
}

type Look = { isText: boolean; lines?: DiffLine[] | undefined };

async function readLines(versions: Props['versions'], signal: AbortSignal): Promise<Look> {
  const slice = { offset: 0, length: largestText };
  // one after the other: both may be in one layer, which is then read once
  const found: FileBytes[] = [];
  for (const { files, place, layer } of versions) found.push(await client.layerFiles.bytes({ files, place, layer, slice }, { signal }));
  // an empty file is as much a text as anything
  if (found.some(({ looksLike, size }) => looksLike !== 'text' && size > 0)) return { isText: false };
  const [first = '', second = ''] = found.map((one) => new TextDecoder().decode(fromBase64(one.bytes)));
  return { isText: true, lines: await differingLines(first, second) };
}

function costWords(costs: FileCost[]): string {
  const sum = (isDownload: boolean) => costs.reduce((all, { toRead }) => all + (toRead?.isDownload === isDownload ? toRead.bytes : 0), 0);
  const [read, download] = [sum(false), sum(true)];
  const parts = [
    ...(read > 0 ? [`${bytes(read)} are read once more`] : []),
    ...(download > 0 ? [`up to ${bytes(download)} are downloaded`] : []),
  ];
  return parts.length === 0 ? 'The layers that have them are read once more to show them.' : `To show both files, ${listed(parts)}.`;
}

function EachAlone({ versions, names, lead }: Props & { lead: string }) {
  const [side, setSide] = useState<0 | 1>(1);
  const version = versions[side];
  return (
    <div className={c.content}>
      <fieldset className={f.bar} aria-label="Version">
        {([0, 1] as const).map((at) => (
          <button key={at} type="button" className={a.version} aria-pressed={side === at} onClick={() => setSide(at)}>
            {names[at]}
          </button>
        ))}
        <span className={`sm t2 ${c.lead}`}>{lead}</span>
      </fieldset>
      <FileContent key={side} version={version} isOpened={false} />
    </div>
  );
}
