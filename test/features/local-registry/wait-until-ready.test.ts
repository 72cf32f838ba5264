import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { isAnswering } from '../../../main/features/local-registry/wait-until-ready.ts';

const { signal } = new AbortController();

/** Sends more whenever there is room for it. */
function sendForEver(answer: ServerResponse): void {
  const go = () => {
    while (answer.write('y'.repeat(10_000)));
  };
  answer.on('drain', go).on('error', () => {});
  go();
}

const encrypted = 'Client sent an HTTP request to an HTTPS server.\n';
const programs: [name: string, isRegistry: boolean, answers: (answer: ServerResponse) => void][] = [
  ['a registry', true, (answer) => answer.setHeader('Docker-Distribution-Api-Version', 'registry/2.0').end('{}')],
  ['a registry whose answer never ends', true, (answer) => answer.setHeader('Docker-Distribution-Api-Version', 'registry/2.0').write('{')],
  ['a registry that wants a certificate', true, (answer) => answer.writeHead(400).end(encrypted)],
  ['a web server', false, (answer) => answer.end('<html>')],
  ['a web server whose answer never ends', false, (answer) => answer.write('<html>')],
  ['a program that refuses for ever', false, (answer) => sendForEver(answer.writeHead(400))],
];

for (const [name, isRegistry, answers] of programs) {
  test(`${name} is ${isRegistry ? 'one' : 'none'}`, async () => {
    const server = createServer((_, answer) => void answers(answer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(await isAnswering(`127.0.0.1:${(server.address() as AddressInfo).port}`, signal)).toBe(isRegistry);
    server.closeAllConnections();
    server.close();
  });
}
