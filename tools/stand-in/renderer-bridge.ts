import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { makeCodec } from './codec.ts';
import { bindingName, type FromPage, preloadWorld, type ToPage } from './messages.ts';
import type { PageSession } from './page-session.ts';
import { MessageChannelMain, type MessagePortMain, type RemoteEnd } from './ports.ts';

type Context = { id: number; name: string; auxData: { frameId: string } };

const codec = makeCodec();

/**
 * Carries messages and ports between this process and the preload world of one page.
 * Events: `invoke` and `send`. A new document starts with closed ports and an empty queue.
 */
export class RendererBridge extends EventEmitter {
  #page: PageSession;
  #frameId: string;
  #context: number | undefined;
  #queue: string[] = [];
  #flushing = false;
  #ports = new Map<string, MessagePortMain>();

  constructor(page: PageSession, frameId: string) {
    super();
    this.#page = page;
    this.#frameId = frameId;
    page.on('Runtime.executionContextCreated', ({ context }: { context: Context }) => this.#enter(context));
    page.on('Runtime.executionContextDestroyed', (event: { executionContextId: number }) => {
      if (event.executionContextId === this.#context) this.leave();
    });
    page.on('Runtime.executionContextsCleared', () => this.leave());
    page.on('Runtime.bindingCalled', (event: { name: string; payload: string; executionContextId: number }) => {
      if (event.name === bindingName && event.executionContextId === this.#context) this.#receive(event.payload);
    });
  }

  /** Queues a message; it is copied now and sent with the others of this turn. */
  post(message: ToPage): void {
    this.#queue.push(codec.encode(message));
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => this.#flush());
  }

  /** Sends a message with ports, whose far ends the page gets. */
  send(channel: string, args: unknown[], transfer: MessagePortMain[] = []): void {
    const ids = transfer.map(() => `m${randomUUID()}`);
    this.post({ type: 'send', channel, args, ports: ids });
    for (const [index, port] of transfer.entries()) this.#handOver(ids[index] ?? '', port);
  }

  /** The document is gone, and so are its ends of the ports. */
  leave(): void {
    this.#context = undefined;
    this.#queue.length = 0;
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) port.close();
  }

  #enter(context: Context): void {
    if (context.name !== preloadWorld || context.auxData.frameId !== this.#frameId) return;
    this.#context = context.id;
    this.#flush();
  }

  #flush(): void {
    this.#flushing = false;
    if (this.#context === undefined || this.#queue.length === 0) return;
    // JSON has no raw line breaks, so they can separate the messages
    const batch = this.#queue.join('\n');
    this.#queue.length = 0;
    this.#page.post('Runtime.callFunctionOn', {
      functionDeclaration: 'function (batch) { __standInReceive(batch); }',
      executionContextId: this.#context,
      arguments: [{ value: batch }],
      silent: true,
    });
  }

  #receive(payload: string): void {
    const message = codec.decode(payload) as FromPage;
    if (message.type === 'port') this.#ports.get(message.id)?.peer?.deliver(message.data);
    else if (message.type === 'port-close') this.#closePort(message.id);
    else if (message.type === 'invoke') this.emit('invoke', message);
    else
      this.emit(
        'send',
        message,
        (message.ports ?? []).map((id) => this.#takeOver(id)),
      );
  }

  #takeOver(id: string): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#handOver(id, port2);
    return port1;
  }

  #handOver(id: string, port: MessagePortMain): void {
    this.#ports.set(id, port);
    const remote: RemoteEnd = {
      post: (data) => this.post({ type: 'port', id, data }),
      close: () => {
        if (this.#ports.delete(id)) this.post({ type: 'port-close', id });
      },
    };
    port.moveTo(remote);
  }

  #closePort(id: string): void {
    const port = this.#ports.get(id);
    this.#ports.delete(id);
    port?.close();
  }
}
