import type { Layer } from '../../contract/image.ts';
import { describeInstruction } from '../../contract/instruction.ts';
import { copyText } from '../connection/copy-text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../ui/Facts.tsx';
import { bytes, count, dateAndTime } from '../ui/format.ts';
import { shortId } from '../ui/short-id.ts';
import c from './LayersTab.module.css';

/** The selected layer's facts. */
export const LayerAside = ({ layer, place }: { layer: Layer; place: string }) => (
  <aside className={`scroll ${c.aside}`} aria-label="Selected layer">
    <p className="sm t3 num">{place}</p>
    <h2 className="h2">{describeInstruction(layer.instruction)}</h2>
    <pre className={`mono ${c.command}`}>{layer.instruction}</pre>
    <Facts rows={layerFacts(layer)} />
    {layer.fromElsewhere && (
      <p className={`sm t2 ${c.note}`}>
        Made on another computer or by BuildKit. It is complete; there is only no image that ends at this step.
      </p>
    )}
  </aside>
);

function layerFacts({ size, createdAt, sharedWith, diffId, empty }: Layer): FactRow[] {
  const rows: FactRow[] = [{ name: 'Size', value: empty ? 'Adds no files, changes only settings' : bytes(size) }];
  if (createdAt > 0) rows.push({ name: 'Made', value: dateAndTime(createdAt) });
  if (!empty) rows.push({ name: 'Shared', value: sharedWith > 0 ? `with ${count(sharedWith, 'other image')}` : 'with no other image' });
  if (diffId) rows.push({ name: 'Diff id', value: <DiffId id={diffId} /> });
  return rows;
}

const DiffId = ({ id }: { id: string }) => (
  <CopyButton label="Copy the full diff id" copy={() => copyText(id)}>
    <span className="mono">{shortId(id)}</span>
  </CopyButton>
);
