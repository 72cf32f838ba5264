import type { Settings } from '../../contract/settings.ts';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';

/** Asks main; what it keeps comes back as a fact. */
export const changeSettings = (change: Partial<Settings>): void => void attempt(() => client.settings.change(change));
