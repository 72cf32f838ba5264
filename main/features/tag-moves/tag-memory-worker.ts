import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../../foundation/threads/answer-questions.ts';
import { TagMemory } from './tag-memory.ts';
import type { MemoryOrder } from './tag-moves.ts';

const { path, bounds } = workerData as MemoryOrder;
answerQuestions(new TagMemory(path, bounds));
