import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about space on the disk. */
export const diskProcedures = (os: Implementer, { shelves, disk }: Pick<ProcedureParts, 'shelves' | 'disk'>) => ({
  look: os.disk.look.handler(({ input: { at, anew }, signal = never }) => disk.look(shelves.at(at), signal, anew)),
  forecast: os.disk.forecast.handler(async ({ input: { choice, at } }) => {
    const freed = await disk.forecast(shelves.at(at), choice);
    return { ...(freed && { freed }) };
  }),
  propose: os.disk.propose.handler(({ input: { bytes, at } }) => disk.propose(shelves.at(at), bytes)),
  confirm: os.disk.confirm.handler(({ input: { ids, at }, signal }) => disk.confirm(shelves.at(at), ids, signal)),
});

const never = new AbortController().signal;
