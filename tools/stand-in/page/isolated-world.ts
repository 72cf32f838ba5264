import type { Codec } from '../codec.ts';
import type { FromPage, ToPage } from '../messages.ts';

type PreloadScript = (require: (id: string) => unknown, module: object, exports: object, process: object, global: object) => void;

/**
 * The preload world: runs the preload script with ipcRenderer, contextBridge and webUtils. Runs in the page as source
 * text, so it may use nothing from outside itself (types are gone by then).
 */
export function runIsolatedWorld(token: string, codec: Codec, binding: (text: string) => void, info: object, preload: PreloadScript): void {
  type Listener = (...args: unknown[]) => unknown;
  type Loose = Record<string, unknown>;
  const send = (message: FromPage) => binding(codec.encode(message));

  // listeners, as Node's EventEmitter has them
  const listeners = new Map<string, { listener: Listener; original: Listener }[]>();
  const add = (name: string, listener: Listener, original = listener) => {
    listeners.set(name, [...(listeners.get(name) ?? []), { listener, original }]);
    return ipcRenderer;
  };
  const remove = (name: string, listener: Listener) => {
    listeners.set(
      name,
      (listeners.get(name) ?? []).filter((entry) => entry.original !== listener),
    );
    return ipcRenderer;
  };
  const emit = (name: string, ...args: unknown[]) => {
    for (const { listener } of listeners.get(name) ?? []) listener(...args);
  };

  // ports: the page's end stays a native MessagePort; the messages of its other end are pumped to main
  const ports = new Map<string, MessagePort>();
  const pump = (id: string, port: MessagePort) => {
    ports.set(id, port);
    port.onmessage = (event) => send({ type: 'port', id, data: event.data });
    port.addEventListener('close', () => {
      if (ports.delete(id)) send({ type: 'port-close', id });
    });
  };

  let sequence = 0;
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  // answered by the host, which finds this local variable while the page is paused here
  const callSync = (kind: string, value: unknown): string => {
    const standInCall = { kind, value, result: '' };
    // biome-ignore lint/suspicious/noDebugger: this is the call itself
    debugger;
    return standInCall.result;
  };
  const ipcRenderer = {
    on: (name: string, listener: Listener) => add(name, listener),
    addListener: (name: string, listener: Listener) => add(name, listener),
    once: (name: string, listener: Listener) => {
      const once: Listener = (...args) => {
        remove(name, listener);
        listener(...args);
      };
      return add(name, once, listener);
    },
    off: remove,
    removeListener: remove,
    removeAllListeners: (name?: string) => {
      if (name === undefined) listeners.clear();
      else listeners.delete(name);
      return ipcRenderer;
    },
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++sequence;
        send({ type: 'invoke', id, channel, args });
        invocations.set(id, { resolve, reject });
      }),
    send: (channel: string, ...args: unknown[]) => send({ type: 'send', channel, args }),
    sendSync: (channel: string, ...args: unknown[]) => codec.decode(callSync('send-sync', codec.encode({ channel, args }))),
    postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []) => {
      const ids = transfer.map((port) => {
        const id = `r${++sequence}`;
        pump(id, port);
        return id;
      });
      send({ type: 'send', channel, args: [message], ports: ids });
    },
  };

  const openPort = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    pump(id, port2);
    return port1;
  };
  const receive = (message: ToPage) => {
    if (message.type === 'port') ports.get(message.id)?.postMessage(message.data);
    else if (message.type === 'port-close') {
      ports.get(message.id)?.close();
      ports.delete(message.id);
    } else if (message.type === 'send') {
      emit(message.channel, { sender: ipcRenderer, ports: (message.ports ?? []).map(openPort) }, ...message.args);
    } else {
      const invocation = invocations.get(message.id);
      invocations.delete(message.id);
      if ('error' in message) invocation?.reject(new Error(message.error));
      else invocation?.resolve(message.value);
    }
  };
  Object.defineProperty(globalThis, '__standInReceive', {
    value: (batch: string) => {
      for (const text of batch.split('\n')) receive(codec.decode(text) as ToPage);
    },
  });

  // contextBridge: functions and promises become numbers, which the main world's half turns back
  let bridged = 0;
  const functions = new Map<number, Listener>();
  const fire = (type: string, detail: unknown) => document.dispatchEvent(new CustomEvent(token + type, { detail }));
  const isRecord = (value: object): value is Loose => [Object.prototype, null].includes(Object.getPrototypeOf(value));
  const mapValues = (record: Loose, map: (value: unknown) => unknown): Loose =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const giveOut = (value: unknown): unknown => {
    if (typeof value === 'function') {
      functions.set(++bridged, value as Listener);
      return { $function: bridged };
    }
    if (value === null || typeof value !== 'object') return value;
    if (value instanceof Promise) {
      const id = ++bridged;
      value.then(
        (result) => fire(':settle', { id, value: giveOut(result) }),
        (error) => fire(':settle', { id, error: messageOf(error) }),
      );
      return { $promise: id };
    }
    if (Array.isArray(value)) return value.map(giveOut);
    return isRecord(value) ? mapValues(value, giveOut) : value;
  };
  const takeIn = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(takeIn);
    if (!isRecord(value)) return value;
    if (typeof value.$function !== 'number') return mapValues(value, takeIn);
    const id = value.$function;
    return (...args: unknown[]) => fire(':callback', { function: id, args: args.map(giveOut) });
  };
  document.addEventListener(`${token}:call`, (event) => {
    const { detail } = event as CustomEvent<{ function: number; args: unknown[] } | null>;
    // something in the arguments could not be copied between the worlds
    if (!detail) return;
    try {
      fire(':return', { value: giveOut(functions.get(detail.function)?.(...detail.args.map(takeIn))) });
    } catch (error) {
      fire(':return', { error: messageOf(error) });
    }
  });

  const electron = {
    ipcRenderer,
    contextBridge: { exposeInMainWorld: (key: string, api: unknown) => fire(':expose', { key, api: giveOut(api) }) },
    webUtils: {
      getPathForFile: (file: unknown): string => {
        if (!(file instanceof File)) throw new TypeError('getPathForFile: not a File');
        return callSync('path-of-file', file);
      },
    },
    webFrame: { setZoomFactor() {}, getZoomFactor: () => 1, setZoomLevel() {}, getZoomLevel: () => 0 },
  };
  const require = (id: string): unknown => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw new Error(`module not found: ${id}`);
  };
  const module = { exports: {} };
  const process = { type: 'renderer', sandboxed: true, contextIsolated: true, isMainFrame: true, env: {}, ...info };
  preload(require, module, module.exports, process, globalThis);
}
