import type { OpenedFiles, RemovedInStep, WhatIf } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { bytes, count, listedUpTo } from '../../ui/format.ts';
import c from './WasteBar.module.css';

/** Milliseconds to wait while lines are ticked one after another. */
const pause = 100;

type Props = { opened: OpenedFiles; removed: RemovedInStep[] };

type Change = WhatIf['layers'][number];

/** As unpacked tarballs, which registries count; of a layer that is known by its list alone, the bytes of its files. */
function changeOf({ layer, before, after }: Change): string {
  const name = `layer ${layer + 1}`;
  return before.tarball !== undefined && after.tarball !== undefined
    ? `${name} unpacked: ${bytes(before.tarball)} → ${bytes(after.tarball)}`
    : `files of ${name}: ${bytes(before.bytes)} → ${bytes(after.bytes)}`;
}

/** What the layers would be if steps had removed what is ticked: counted anew, and nothing is changed. */
export function WhatIfFoot({ opened: { files }, removed }: Props) {
  const question = removed.length > 0 ? JSON.stringify([files, removed]) : undefined;
  const asked = useAsked(question, (signal) => client.layerFiles.whatIf({ files, removed }, { signal }), { pause });
  const { answer, failure } = asked;
  return (
    <div className={c.foot} role="status">
      {removed.length === 0 ? (
        <p className="sm t2">What if a step had removed what it made? Tick lines above. It is only counted, the image stays as it is.</p>
      ) : failure ? (
        <p className="sm">{failure.title}</p>
      ) : (
        answer && (
          <>
            <p className="h3 num">
              {answer.saved > 0
                ? `${bytes(answer.saved)} less, without ${count(removed.length, 'thing')}`
                : 'Nothing less: other names keep the bytes'}
            </p>
            <p className="sm t2 num">
              {listedUpTo(answer.layers.map(changeOf), 4)}
              {answer.layers.length > 0 && '. The image stays as it is.'}
            </p>
          </>
        )
      )}
    </div>
  );
}
