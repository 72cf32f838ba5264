import { sendImages } from '../features/load-save/send-images.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import type { Prepare } from './operation-parts.ts';

/** Moves images from one engine to another. */
export const prepareSend: Prepare<'send'> = ({ references, to }, { engine, other, partials, onTheWay }) => {
  const [only] = references.length === 1 ? references : [];
  const there = other(to);
  if (there.isSame) throw new FailureError(sameEngine);
  return {
    title: `Send ${only ?? `${references.length} names`} to ${there.name}`,
    run: (context) =>
      sendImages({ from: engine(), to: there.engine(), references, chainsThere: there.chains }, { partials, folder: onTheWay }, context),
  };
};

const sameEngine = {
  kind: 'invalid-input' as const,
  title: 'The images are on this engine already',
  detail: 'What was the other engine is the one they are on.',
  hint: 'Choose another engine to send them to.',
};
