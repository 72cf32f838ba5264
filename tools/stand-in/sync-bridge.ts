import { makeCodec } from './codec.ts';
import type { PageSession } from './page-session.ts';

type CallFrame = { callFrameId: string };
type Remote = { result: { value?: unknown; objectId?: string } };
type SendSync = (channel: string, args: unknown[]) => Promise<unknown>;

const codec = makeCodec();

/**
 * Answers what a preload script asks synchronously: it stops at a `debugger` statement with the question in a local
 * variable, we write the answer beside it and let it go on.
 */
export async function watchSyncCalls(page: PageSession, sendSync: SendSync): Promise<void> {
  page.on('Debugger.paused', async ({ callFrames }: { callFrames: CallFrame[] }) => {
    try {
      const [frame] = callFrames;
      if (frame) await answer(page, frame, sendSync);
    } catch (error) {
      console.error('stand-in: a synchronous call failed', error);
    } finally {
      page.post('Debugger.resume', {});
    }
  });
  await page.send('Debugger.enable');
  await page.send('Debugger.setPauseOnExceptions', { state: 'none' });
}

async function answer(page: PageSession, { callFrameId }: CallFrame, sendSync: SendSync): Promise<void> {
  const evaluate = (expression: string, returnByValue: boolean) =>
    page.send<Remote>('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue });
  const kind = (await evaluate('typeof standInCall === "object" ? standInCall.kind : ""', true)).result.value;
  let answered: string;
  if (kind === 'path-of-file') {
    const { result } = await evaluate('standInCall.value', false);
    answered = (await page.send<{ path: string }>('DOM.getFileInfo', { objectId: result.objectId })).path;
  } else if (kind === 'send-sync') {
    const question = codec.decode(String((await evaluate('standInCall.value', true)).result.value)) as { channel: string; args: unknown[] };
    answered = codec.encode(await sendSync(question.channel, question.args));
  } else return;
  await evaluate(`standInCall.result = ${JSON.stringify(answered)}`, true);
}
