import { connect } from 'node:net';

/** Milliseconds for which a connection has to stay: an engine takes it in the program's place, and lets it go if nobody listens inside. */
const staysFor = 250;

/** Whether a program listens at a port of this computer. Nothing is sent to it, as nobody knows what it speaks. */
export function answersAt(port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answers: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(answers);
    };
    const giveUp = () => end(false);
    let timer: NodeJS.Timeout | undefined;
    signal.addEventListener('abort', giveUp);
    socket.on('connect', () => {
      timer = setTimeout(() => end(true), staysFor);
    });
    // some programs greet whoever comes
    socket.on('data', () => end(true));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    if (signal.aborted) end(false);
  });
}
