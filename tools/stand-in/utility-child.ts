// Runs in a utility process before its own module, and provides process.parentPort.
import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [module = ''] = process.argv.splice(2, 1);
const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => process.send?.(message), start() {} });
Object.assign(process, { type: 'utility', parentPort });
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
await import(pathToFileURL(resolve(module)).href);
