import type { TaskResult } from '../../../contract/task.ts';
import type { LayerTransfer, PushedName } from '../../../contract/transfer.ts';
import { CopyAddresses } from '../../desk/CopyAddresses.tsx';
import { splitReference } from '../../desk/image-name.ts';
import { bytes, count } from '../../ui/format.ts';
import { CopyLine } from './CopyLine.tsx';
import c from './TransferPage.module.css';
import { downloadedWords } from './transfer-words.ts';

type Result = Extract<TaskResult, { kind: 'pull' | 'push' | 'copy' | 'send' }>;

/** The result of a transfer. A digest names exactly this image for ever, so that others can get the same one. */
export const ResultCard = ({ result, layers }: { result: Result; layers: LayerTransfer[] }) => (
  <section className={c.card} aria-label="Result">
    {result.kind === 'pull' && layers.length > 0 && <p className="num">{downloadedWords(layers)}</p>}
    {result.kind !== 'pull' && isCounted(result) && <p className="num">{sentWords(result)}</p>}
    {namesOf(result).map((name) => (
      <Digest
        key={name.reference}
        {...name}
        isNamed={result.kind === 'push' && result.pushed.length > 1}
        isPublished={result.kind === 'push' || result.kind === 'copy'}
      />
    ))}
  </section>
);

function Digest({ reference, digest, isNamed, isPublished }: PushedName & { isNamed: boolean; isPublished: boolean }) {
  const command = `docker pull ${splitReference(reference.split('@')[0] ?? reference).repository}@${digest}`;
  return (
    <>
      {isNamed && <p className="strong">{reference}</p>}
      {isPublished && (
        <div className={c.digest}>
          <span className="t3">Its address, for</span>
          <CopyAddresses reference={reference} />
        </div>
      )}
      <CopyLine name="Digest" text={digest} label="Copy the digest" />
      <CopyLine name="To get exactly this image" text={command} label="Copy the command" />
    </>
  );
}

function namesOf(result: Result): PushedName[] {
  if (result.kind === 'push') return result.pushed;
  if (result.kind === 'pull' && result.digest) return [{ reference: result.reference, digest: result.digest }];
  if (result.kind !== 'copy') return [];
  const { reference, digest } = result;
  return reference && digest ? [{ reference, digest }] : [];
}

/** Podman doesn’t say which layers it sends. */
const isCounted = ({ sentLayers, presentLayers }: Exclude<Result, { kind: 'pull' }>): boolean => sentLayers + presentLayers > 0;

function sentWords({ kind, sentLayers, sentBytes, presentLayers }: Exclude<Result, { kind: 'pull' }>): string {
  const who = kind === 'send' ? 'the other engine' : 'the registry';
  if (sentLayers === 0)
    return `Nothing had to be sent: ${who} already had ${presentLayers === 1 ? 'the layer' : `all ${count(presentLayers, 'layer')}`}.`;
  if (presentLayers === 0) return `${count(sentLayers, 'layer')} sent, ${bytes(sentBytes)}.`;
  const sent = `${sentLayers} of ${count(sentLayers + presentLayers, 'layer')} sent, ${bytes(sentBytes)}.`;
  return `${sent} ${presentLayers} ${presentLayers === 1 ? 'was' : 'were'} already there.`;
}
