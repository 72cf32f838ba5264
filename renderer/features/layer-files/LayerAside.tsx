import { describeInstruction } from '../../../contract/instruction.ts';
import type { FilesSummary, OpenedFiles } from '../../../contract/layer-files.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../../ui/Facts.tsx';
import { bytes, grouped, shortId } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './FileAside.module.css';

type Props = { opened: OpenedFiles; layer: number | undefined; summary: FilesSummary | undefined };

/** What is looked at, while no file is chosen. */
export function LayerAside({ opened: { layers }, layer, summary }: Props) {
  const shown = layer === undefined ? undefined : layers[layer];
  return (
    <aside className={`scroll ${c.aside} ${c.pad}`} aria-label="Chosen">
      {shown ? (
        <>
          <p className="sm t3 num">
            Layer {(layer ?? 0) + 1} of {layers.length}
          </p>
          <h2 className="h2">
            {shown.instruction === undefined ? 'A layer of unknown origin' : <PlainText text={describeInstruction(shown.instruction)} />}
          </h2>
          {shown.instruction !== undefined && (
            <pre className={`mono ${c.command}`}>
              <PlainText text={shown.instruction} keepBreaks />
            </pre>
          )}
        </>
      ) : (
        <>
          <h2 className="h2">The whole image</h2>
          <p className={`t2 ${c.lead}`}>Everything that a container of it sees when it starts. Choose a layer to see what one step did.</p>
        </>
      )}
      {summary && <Facts rows={factsOf(summary, shown?.diffId)} />}
      <p className={`sm t3 ${c.lead}`}>Choose a file to see what is in it, who can read it, and which layers wrote it.</p>
    </aside>
  );
}

function factsOf({ files, bytes: size, removedBytes, changes }: FilesSummary, diffId: string | undefined): FactRow[] {
  const rows: FactRow[] = [{ name: 'Size', value: bytes(size) }];
  if (!diffId) return [...rows, { name: 'Files', value: `${grouped(files)}, with links` }];
  const { added, changed, removed } = changes;
  rows.push({ name: 'Files', value: `${grouped(added)} added, ${grouped(changed)} changed, ${grouped(removed)} removed` });
  if (removedBytes > 0) rows.push({ name: 'Hides', value: `${bytes(removedBytes)} of layers below, which stay in the image` });
  const copy = (
    <CopyButton label="Copy the full diff id" copy={() => copyText(diffId)}>
      <span className="mono">{shortId(diffId)}</span>
    </CopyButton>
  );
  return [...rows, { name: 'Diff id', value: copy }];
}
