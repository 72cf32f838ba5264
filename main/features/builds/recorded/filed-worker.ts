import { workerData } from 'node:worker_threads';
import { serveParts } from '../../../foundation/threads/serve-parts.ts';
import { type FiledOrder, readFiled } from './read-filed.ts';

serveParts(readFiled(workerData as FiledOrder), () => []);
