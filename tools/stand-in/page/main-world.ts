/**
 * The main world's half of contextBridge: rebuilds the exposed functions. Runs in the page as source text,
 * so it may use nothing from outside itself. The halves talk by DOM events, which copy values between worlds at once.
 */
export function runMainWorld(token: string): void {
  type Loose = Record<string, unknown>;
  type Settle = { resolve(value: unknown): void; reject(error: Error): void };
  let sequence = 0;
  let lastReturn: { value?: unknown; error?: string } | undefined;
  const callbacks = new Map<number, (...args: unknown[]) => unknown>();
  const proxies = new Map<number, (...args: unknown[]) => unknown>();
  const pending = new Map<number, Settle>();

  const isRecord = (value: unknown): value is Loose =>
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const mapValues = (record: Loose, map: (value: unknown) => unknown): Loose =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
  const fire = (type: string, detail: unknown) => document.dispatchEvent(new CustomEvent(token + type, { detail }));
  const listen = <Detail>(type: string, listener: (detail: Detail) => void) =>
    document.addEventListener(token + type, (event) => listener((event as CustomEvent<Detail>).detail));

  const wrap = (value: unknown): unknown => {
    if (typeof value === 'function') {
      callbacks.set(++sequence, value as (...args: unknown[]) => unknown);
      return { $function: sequence };
    }
    if (Array.isArray(value)) return value.map(wrap);
    return isRecord(value) ? mapValues(value, wrap) : value;
  };

  const makeProxy =
    (id: number) =>
    (...args: unknown[]): unknown => {
      lastReturn = undefined;
      fire(':call', { function: id, args: args.map(wrap) });
      const returned = lastReturn as { value?: unknown; error?: string } | undefined;
      lastReturn = undefined;
      if (!returned) throw new TypeError('contextBridge: an argument could not be cloned');
      if (returned.error !== undefined) throw new Error(returned.error);
      return unwrap(returned.value);
    };
  const proxyOf = (id: number) => {
    const known = proxies.get(id) ?? makeProxy(id);
    proxies.set(id, known);
    return known;
  };

  const unwrap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unwrap);
    if (!isRecord(value)) return value;
    if (typeof value.$function === 'number') return proxyOf(value.$function);
    if (typeof value.$promise === 'number') {
      const id = value.$promise;
      return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    }
    return mapValues(value, unwrap);
  };
  const freeze = (value: unknown): unknown => {
    if (!isRecord(value)) return value;
    Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };

  listen<{ key: string; api: unknown }>(':expose', ({ key, api }) =>
    Object.defineProperty(window, key, { value: freeze(unwrap(api)), enumerable: true }),
  );
  listen<{ value?: unknown; error?: string }>(':return', (detail) => {
    lastReturn = detail;
  });
  listen<{ id: number; value?: unknown; error?: string }>(':settle', ({ id, value, error }) => {
    const settle = pending.get(id);
    pending.delete(id);
    if (error !== undefined) settle?.reject(new Error(error));
    else settle?.resolve(unwrap(value));
  });
  listen<{ function: number; args: unknown[] }>(':callback', (detail) => {
    callbacks.get(detail.function)?.(...detail.args.map(unwrap));
  });
}
