import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { passOn } from './pass-on.ts';

export type TagFlood = { names: readonly string[]; images: readonly string[]; eventsPerSecond: number; seconds: number };

/** Milliseconds between two batches of events. */
const writeEvery = 10;

/**
 * A socket in front of a real engine that tells of more moves of tags than anybody makes: once it is started, each event says that the
 * next name went to the next image. All else is the engine's own.
 */
export async function startTalkativeTags(
  socket: string,
  realEngine: string,
): Promise<{ flood(flood: TagFlood): Promise<void>; stop(): void }> {
  const listeners = new Set<ServerResponse>();
  const server = createServer((asked, answer) => {
    if (/\/events\b/.test(asked.url ?? '') && !/since=/.test(asked.url ?? '')) {
      listeners.add(answer);
      answer.on('close', () => listeners.delete(answer));
    }
    passOn(asked, answer, realEngine);
  }).listen(socket);
  await once(server, 'listening');
  return {
    flood: (flood) => tell(listeners, flood),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function tell(listeners: ReadonlySet<ServerResponse>, { names, images, eventsPerSecond, seconds }: TagFlood): Promise<void> {
  const begin = performance.now();
  const events = eventsPerSecond * seconds;
  for (let told = 0; told < events; ) {
    const due = Math.min(events, Math.floor(((performance.now() - begin) / 1000) * eventsPerSecond));
    let text = '';
    for (; told < due; told++) {
      const [name, id] = [names[told % names.length], images[(told + Math.floor(told / names.length)) % images.length]];
      const now = Date.now();
      const event = {
        Type: 'image',
        Action: 'tag',
        Actor: { ID: id, Attributes: { name } },
        time: Math.floor(now / 1000),
        timeNano: now * 1e6,
      };
      text += `${JSON.stringify(event)}\n`;
    }
    for (const listener of listeners) listener.write(text);
    await new Promise((resolve) => setTimeout(resolve, writeEvery));
  }
}
