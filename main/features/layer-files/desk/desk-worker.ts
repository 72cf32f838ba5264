import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../../../foundation/threads/answer-questions.ts';
import { LayerStore } from '../store/layer-store.ts';
import type { DeskOrder } from './desk-thread.ts';
import { FilesDesk } from './files-desk.ts';

const { path, mostBytes } = workerData as DeskOrder;
answerQuestions(new FilesDesk(new LayerStore(path, mostBytes)));
