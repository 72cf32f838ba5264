import type { Layer } from '../../../contract/image.ts';
import { describeInstruction } from '../../../contract/instruction.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../../ui/Facts.tsx';
import { dateAndTime, shortId } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './LayersTab.module.css';
import { sharedWords, sizeWords } from './layer-words.ts';

/** The selected layer's facts. */
export const LayerAside = ({ layer, place }: { layer: Layer; place: string }) => (
  <aside className={`scroll ${c.aside}`} aria-label="Selected layer">
    <p className="sm t3 num">{place}</p>
    <h2 className="h2">
      <PlainText text={describeInstruction(layer.instruction)} />
    </h2>
    <pre className={`mono ${c.command}`}>
      <PlainText text={layer.instruction} keepBreaks />
    </pre>
    <Facts rows={layerFacts(layer)} />
    {layer.fromElsewhere && (
      <p className={`sm t2 ${c.note}`}>
        Made on another computer or by BuildKit. The layer is complete; there just isn’t an image that ends at this step.
      </p>
    )}
  </aside>
);

function layerFacts(layer: Layer): FactRow[] {
  const { createdAt, diffId } = layer;
  const shared = sharedWords(layer);
  const rows: FactRow[] = [{ name: 'Size', value: sizeWords(layer) }];
  if (createdAt > 0) rows.push({ name: 'Created', value: dateAndTime(createdAt) });
  if (shared) rows.push({ name: 'Shared', value: shared });
  if (diffId) rows.push({ name: 'Diff id', value: <DiffId id={diffId} /> });
  return rows;
}

const DiffId = ({ id }: { id: string }) => (
  <CopyButton label="Copy the full diff id" copy={() => copyText(id)}>
    <span className="mono">{shortId(id)}</span>
  </CopyButton>
);
