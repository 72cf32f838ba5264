export type Codec = { encode(value: unknown): string; decode(text: string): unknown };

/**
 * Structured-clone values as text. Runs in Node and, as source text, in the page: it may use nothing from outside itself.
 * Values that JSON keeps as they are go straight through JSON; only the rest is copied and tagged.
 */
export function makeCodec(): Codec {
  type Tagged = { $: string; c?: string; v?: unknown };

  // Node has Buffer, a page of a current Chromium has these methods
  type Base64Bytes = Uint8Array & { toBase64(): string };
  type Base64Reader = { fromBase64(text: string): Uint8Array<ArrayBuffer> };
  const inNode = typeof Buffer !== 'undefined';
  const toBase64 = (bytes: Uint8Array): string =>
    inNode ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') : (bytes as Base64Bytes).toBase64();
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    // a copy, because small Buffers share one ArrayBuffer
    inNode ? new Uint8Array(Buffer.from(text, 'base64')) : (Uint8Array as unknown as Base64Reader).fromBase64(text);

  const isPlain = (value: unknown): boolean => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return true;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0);
      case 'object':
        break;
      default:
        return false;
    }
    if (value === null) return true;
    if (Array.isArray(value)) return value.every(isPlain);
    if (Object.getPrototypeOf(value) !== Object.prototype || '$' in value) return false;
    for (const key of Object.keys(value)) if (!isPlain((value as Record<string, unknown>)[key])) return false;
    return true;
  };

  const tagObject = (value: object): unknown => {
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof RegExp) return { $: 'regexp', v: [value.source, value.flags] };
    if (value instanceof Map) return { $: 'map', v: [...value].map((pair) => pair.map(tag)) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(tag) };
    if (value instanceof Error) return { $: 'error', v: [value.name, value.message, value.stack] };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const name = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      return { $: 'view', c: name, v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    if ('then' in value && typeof value.then === 'function') throw new Error('An object could not be cloned.');
    const entries = Object.entries(value).map(([key, item]) => [key, tag(item)] as const);
    return '$' in value ? { $: 'object', v: entries } : Object.fromEntries(entries);
  };
  const tag = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number' && !(Number.isFinite(value) && !Object.is(value, -0))) {
      return { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (value === null || typeof value !== 'object') return value;
    return Array.isArray(value) ? value.map(tag) : tagObject(value);
  };

  const untagView = (name: string, bytes: Uint8Array<ArrayBuffer>): unknown => {
    if (name === 'Uint8Array') return bytes;
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>)[name];
    return View ? new View(bytes.buffer) : bytes;
  };
  const untagError = ([name, message, stack]: string[]): Error => {
    const kinds: Record<string, ErrorConstructor> = { TypeError, RangeError, SyntaxError, ReferenceError };
    const error = new (kinds[name ?? ''] ?? Error)(message);
    error.stack = stack ?? '';
    return error;
  };
  const readers: Record<string, (value: never, name: string) => unknown> = {
    undefined: () => undefined,
    bigint: (value: string) => BigInt(value),
    number: (value: string) => Number(value),
    date: (value: number) => new Date(value),
    regexp: (value: [string, string]) => new RegExp(value[0], value[1]),
    map: (value: [unknown, unknown][]) => new Map(value.map((pair) => [untag(pair[0]), untag(pair[1])])),
    set: (value: unknown[]) => new Set(value.map(untag)),
    error: untagError,
    buffer: (value: string) => fromBase64(value).buffer,
    view: (value: string, name) => untagView(name, fromBase64(value)),
    object: (value: [string, unknown][]) => Object.fromEntries(value.map((pair) => [pair[0], untag(pair[1])])),
  };
  const untag = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(untag);
    if ('$' in value) return readers[(value as Tagged).$]?.((value as Tagged).v as never, (value as Tagged).c ?? '');
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) result[key] = untag(item);
    return result;
  };

  return {
    encode: (value) => (isPlain(value) ? `p${JSON.stringify(value)}` : `t${JSON.stringify(tag(value))}`),
    decode: (text) => {
      const value: unknown = JSON.parse(text.slice(1));
      return text.startsWith('t') ? untag(value) : value;
    },
  };
}
