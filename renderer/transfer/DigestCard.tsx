import type { TaskResult } from '../../contract/task.ts';
import { copyText } from '../connection/copy-text.ts';
import { splitReference } from '../connection/image-name.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { bytes, count } from '../ui/format.ts';
import c from './TransferPage.module.css';

type Result = Extract<TaskResult, { kind: 'pull' | 'push' }>;

/** The digest names exactly this image, for ever; with it others can get the same one. */
export function DigestCard({ result }: { result: Result }) {
  const { digest, reference } = result;
  const exactly = digest && `${splitReference(reference.split('@')[0] ?? reference).repository}@${digest}`;
  return (
    <section className={c.card} aria-label="Result">
      {result.kind === 'push' && <p className="num">{sentWords(result)}</p>}
      {digest && exactly && (
        <>
          <div className={c.digest}>
            <span className="t3">Digest</span>
            <CopyButton label="Copy the digest" copy={() => copyText(digest)}>
              <span className="mono cut">{digest}</span>
            </CopyButton>
          </div>
          <div className={c.digest}>
            <span className="t3">To get exactly this one</span>
            <CopyButton label="Copy the command" copy={() => copyText(`docker pull ${exactly}`)}>
              <span className="mono cut">docker pull {exactly}</span>
            </CopyButton>
          </div>
        </>
      )}
    </section>
  );
}

function sentWords({ sentLayers, sentBytes, presentLayers }: Extract<Result, { kind: 'push' }>): string {
  const sent = sentLayers > 0 ? `${count(sentLayers, 'layer')} sent, ${bytes(sentBytes)}.` : 'Nothing had to be sent.';
  return presentLayers > 0 ? `${sent} ${count(presentLayers, 'layer')} ${presentLayers === 1 ? 'was' : 'were'} already there.` : sent;
}
