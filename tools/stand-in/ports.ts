import { EventEmitter } from 'node:events';

/** The far end of a port that was handed to a page. */
export type RemoteEnd = { post(data: unknown): void; close(): void };

/** Electron's MessagePortMain: one end of a channel, in this process or (with a remote end) in a page. */
export class MessagePortMain extends EventEmitter {
  #queue: unknown[] = [];
  #started = false;
  #closed = false;
  #remote: RemoteEnd | undefined;
  peer: MessagePortMain | undefined;

  postMessage(data: unknown, transfer: MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('stand-in: a port cannot be sent through a port');
    // a page's end is encoded at once, which copies; a local one has to be copied here
    if (this.peer) this.peer.deliver(this.peer.isRemote ? data : structuredClone(data));
  }

  start(): void {
    this.#started = true;
    for (const data of this.#queue.splice(0)) this.deliver(data);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { peer } = this;
    this.peer = undefined;
    if (peer) peer.disconnect();
    queueMicrotask(() => this.emit('close'));
  }

  get isRemote(): boolean {
    return this.#remote !== undefined;
  }

  /** Hands this end to a page, with the messages that wait here. */
  moveTo(remote: RemoteEnd): void {
    this.#remote = remote;
    for (const data of this.#queue.splice(0)) remote.post(data);
  }

  /** Takes a message that the other end posted. */
  deliver(data: unknown): void {
    if (this.#remote) this.#remote.post(data);
    else if (this.#started) queueMicrotask(() => this.emit('message', { data, ports: [] }));
    else this.#queue.push(data);
  }

  /** The other end is closed. */
  disconnect(): void {
    this.#remote?.close();
    this.close();
  }
}

/** Electron's MessageChannelMain: two ports that talk to each other. */
export class MessageChannelMain {
  port1 = new MessagePortMain();
  port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}
