import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { passOn } from './pass-on.ts';

export type Flood = { layers: number; linesPerSecond: number; seconds: number };

/** Bytes that each layer pretends to have. */
const layerSize = 50_000_000;
/** Milliseconds between two batches of lines. */
const writeEvery = 10;

/**
 * A socket that acts like a very talkative engine. It is neither an engine nor a fake of one: every request goes on to the real
 * engine behind it, but a pull is answered with made-up lines, more per second than any registry in reach would cause.
 */
export async function startTalkativeEngine(socket: string, realEngine: string, flood: Flood): Promise<{ stop(): void }> {
  const server = createServer((asked, answer) => {
    if (asked.method === 'POST' && /\/images\/create\?/.test(asked.url ?? '')) void pretendToPull(answer, flood);
    else passOn(asked, answer, realEngine);
  }).listen(socket);
  await once(server, 'listening');
  return {
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function pretendToPull(answer: ServerResponse, { layers, linesPerSecond, seconds }: Flood): Promise<void> {
  const ids = Array.from({ length: layers }, (_, index) => index.toString(16).padStart(12, '0'));
  const say = (status: string, id?: string, progressDetail = {}) => `${JSON.stringify({ status, progressDetail, id })}\r\n`;
  answer.writeHead(200, { 'content-type': 'application/json' });
  answer.write(ids.map((id) => say('Pulling fs layer', id)).join(''));
  const lines = linesPerSecond * seconds;
  const begin = performance.now();
  for (let said = 0; said < lines && !answer.destroyed; ) {
    const due = Math.min(lines, Math.floor(((performance.now() - begin) / 1000) * linesPerSecond));
    let text = '';
    for (; said < due; said++) {
      const current = Math.floor((layerSize * said) / lines);
      text += say('Downloading', ids[said % layers], { current, total: layerSize });
    }
    if (!answer.write(text)) await once(answer, 'drain');
    await new Promise((resolve) => setTimeout(resolve, writeEvery));
  }
  answer.write(ids.map((id) => say('Download complete', id) + say('Pull complete', id)).join(''));
  answer.end(say(`Digest: sha256:${'0'.repeat(64)}`) + say('Status: Downloaded newer image for bench/events:1'));
}
