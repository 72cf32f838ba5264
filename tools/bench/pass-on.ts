import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Asks the engine behind a socket what was asked here, and passes its answer on as it comes. */
export function passOn(asked: IncomingMessage, answer: ServerResponse, socketPath: string): void {
  const { method, url, headers } = asked;
  const further = request({ socketPath, method, path: url, headers }, (real) => {
    answer.writeHead(real.statusCode ?? 502, real.headers);
    answer.flushHeaders(); // events may take a while
    real.pipe(answer);
  });
  further.on('error', () => answer.destroy());
  answer.on('close', () => further.destroy());
  asked.pipe(further);
}
