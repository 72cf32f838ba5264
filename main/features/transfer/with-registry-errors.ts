import { type AskedEngine, registryAnswerIn } from '../../foundation/registries/errors/engine-answer.ts';

/** Runs a request in which the engine asks a registry. If the engine's error contains the registry's answer, rejects with that. */
export async function withRegistryErrors<T>(asked: AskedEngine, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw registryAnswerIn(error, asked) ?? error;
  }
}
