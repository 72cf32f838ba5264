import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

export type Question = {
  method?: 'POST' | 'DELETE' | 'GET';
  path: string;
  query?: Record<string, string | boolean>;
  body?: Buffer;
  json?: object;
};

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Asks an engine and keeps what it answers, as it came. */
export class Recorder {
  readonly #socket: string;
  readonly #folder: string;
  readonly #index: Record<string, { request: string; status: number }> = {};

  constructor(socket: string, folder: string) {
    this.#socket = socket;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Records the answer under a name, and with it what was asked. */
  async record(name: string, question: Question): Promise<void> {
    const { status, body } = await this.ask(question);
    writeFileSync(join(this.#folder, `${name}.ndjson`), body);
    this.#index[name] = { request: `${question.method ?? 'POST'} ${addressOf(question)}`, status };
    console.log(`  ${name}: ${status}, ${body.toString().split('\n').length - 1} lines`);
  }

  /** The same without keeping it. */
  async ask({ method = 'POST', body, json, ...where }: Question): Promise<Answer> {
    // “nobody”, as the app says it where no login is stored; Podman wants it padded
    const type = body ? 'application/x-tar' : json && 'application/json';
    const headers = { 'X-Registry-Auth': Buffer.from('{}').toString('base64'), ...(type && { 'Content-Type': type }) };
    const sent = request({ socketPath: this.#socket, method, path: addressOf(where), headers });
    sent.end(body ?? (json && JSON.stringify(json)));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
  }

  /** Asks for what the next recording needs; fails where the engine refuses. */
  async prepare(question: Question): Promise<void> {
    const { status, body } = await this.ask(question);
    if (status >= 300 || body.includes('"error"')) throw new Error(`${addressOf(question)} ended with ${status}: ${body}`);
  }

  writeIndex(): void {
    writeFileSync(join(this.#folder, 'recorded.json'), `${JSON.stringify(this.#index, null, 2)}\n`);
  }
}

const addressOf = ({ path, query = {} }: Question): string => {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return search.size > 0 ? `${path}?${search}` : path;
};
