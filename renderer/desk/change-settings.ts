import type { Settings } from '../../contract/settings.ts';
import { client } from '../connection/client.ts';
import { attempt } from './attempt.ts';

/** Asks main to change settings; what it keeps comes back as a fact. */
export const changeSettings = (change: Partial<Settings>): void => void attempt(() => client.settings.change(change));
