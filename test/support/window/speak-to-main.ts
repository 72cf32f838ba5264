import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import { build } from 'esbuild';
import { connectMessage } from '../../../contract/bridge.ts';

/** What main answered: its answer, or the code it refused with, and the kind of failure if there was one. */
export type Answer = { answer?: unknown; code?: string; kind?: string };

// What a compromised page could do: open a port of its own with any message, and ask anything over it.
const source = `
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
globalThis.e2eConnect = (message, target = window) => {
  const { port1, port2 } = new MessageChannel();
  target.postMessage(message, '*', [port2]);
  port1.start();
  const client = createORPCClient(new RPCLink({ port: port1 }));
  return async (path, input) => {
    try {
      return { answer: await path.reduce((place, word) => place[word], client)(input) };
    } catch (error) {
      return { code: error.code ?? String(error), kind: error.data?.kind };
    }
  };
};`;

let bundled: Promise<string> | undefined;

/** Gives a page or one of its frames the means to speak to main. */
export async function injectClient(place: Page | Frame): Promise<void> {
  bundled ??= build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '../../..') },
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  await place.evaluate(`(() => { ${await bundled} })()`);
}

type Ask = (path: string[], input: unknown) => Promise<Answer>;

declare global {
  var e2eConnect: (message: unknown, target?: Window) => Ask;
}

/** Asks main over a port of its own, as the page's own code would. */
export function ask(window: Page, path: string, input?: unknown): Promise<Answer> {
  return window.evaluate(([message, words, value]) => globalThis.e2eConnect(message)(words, value), [
    connectMessage,
    path.split('.'),
    input,
  ] as const);
}

/** Whether a port handed over in a forged way is answered before one handed over properly. */
export function isForgedAnswered(place: Page | Frame, forged: string): Promise<boolean> {
  return place.evaluate(
    async ([message, right]) => {
      const page = window.parent as Window & typeof globalThis;
      const question: [string[], unknown] = [['images', 'details'], { id: 'none' }];
      const bad = globalThis
        .e2eConnect(
          message,
          page,
        )(...question)
        .then(() => true);
      // asked later, on ports that are served: their answers would come after
      let good = Promise.resolve(false);
      for (let times = 0; times < 3; times++)
        good = good.then(() =>
          page
            .e2eConnect(right)(...question)
            .then(() => false),
        );
      return Promise.race([bad, good]);
    },
    [forged, connectMessage] as const,
  );
}
