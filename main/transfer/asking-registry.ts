import { type AskedEngine, registryAnswerIn } from '../distribution/engine-answer.ts';

/** Has an engine ask a registry: what fails is said as the registry's, where its answer shows in the engine's words. */
export async function askingRegistry<T>(asked: AskedEngine, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw registryAnswerIn(error, asked) ?? error;
  }
}
