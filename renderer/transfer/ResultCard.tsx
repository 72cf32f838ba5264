import type { TaskResult } from '../../contract/task.ts';
import type { LayerTransfer, PushedName } from '../../contract/transfer.ts';
import { copyText } from '../connection/copy-text.ts';
import { splitReference } from '../connection/image-name.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { bytes, count } from '../ui/format.ts';
import c from './TransferPage.module.css';
import { downloadedWords } from './transfer-words.ts';

type Result = Extract<TaskResult, { kind: 'pull' | 'push' | 'copy' }>;

/** What came of a transfer. A digest names exactly this image, for ever; with it others can get the same one. */
export const ResultCard = ({ result, layers }: { result: Result; layers: LayerTransfer[] }) => (
  <section className={c.card} aria-label="Result">
    {result.kind === 'pull' && layers.length > 0 && <p className="num">{downloadedWords(layers)}</p>}
    {result.kind !== 'pull' && isCounted(result) && <p className="num">{sentWords(result)}</p>}
    {namesOf(result).map((name) => (
      <Digest key={name.reference} {...name} isNamed={result.kind === 'push' && result.pushed.length > 1} />
    ))}
  </section>
);

function Digest({ reference, digest, isNamed }: PushedName & { isNamed: boolean }) {
  const command = `docker pull ${splitReference(reference.split('@')[0] ?? reference).repository}@${digest}`;
  return (
    <>
      {isNamed && <p className="strong">{reference}</p>}
      <div className={c.digest}>
        <span className="t3">Digest</span>
        <CopyButton label="Copy the digest" copy={() => copyText(digest)}>
          <span className="mono cut">{digest}</span>
        </CopyButton>
      </div>
      <div className={c.digest}>
        <span className="t3">To get exactly this one</span>
        <CopyButton label="Copy the command" copy={() => copyText(command)}>
          <span className="mono cut">{command}</span>
        </CopyButton>
      </div>
    </>
  );
}

function namesOf(result: Result): PushedName[] {
  if (result.kind === 'push') return result.pushed;
  const { reference, digest } = result;
  return reference && digest ? [{ reference, digest }] : [];
}

/** Podman does not tell of the layers that it sends. */
const isCounted = ({ sentLayers, presentLayers }: Exclude<Result, { kind: 'pull' }>): boolean => sentLayers + presentLayers > 0;

function sentWords({ sentLayers, sentBytes, presentLayers }: Exclude<Result, { kind: 'pull' }>): string {
  if (sentLayers === 0)
    return `Nothing had to be sent: the registry had ${presentLayers === 1 ? 'the layer' : `all ${count(presentLayers, 'layer')}`} already.`;
  if (presentLayers === 0) return `${count(sentLayers, 'layer')} sent, ${bytes(sentBytes)}.`;
  const sent = `${sentLayers} of ${count(sentLayers + presentLayers, 'layer')} sent, ${bytes(sentBytes)}.`;
  return `${sent} ${presentLayers} ${presentLayers === 1 ? 'was' : 'were'} there already.`;
}
