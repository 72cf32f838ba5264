import { workerData } from 'node:worker_threads';
import { digestShared } from './shared-hash.ts';

digestShared(workerData as SharedArrayBuffer);
