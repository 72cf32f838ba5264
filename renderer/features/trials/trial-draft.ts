import type { GrantedPath } from '../../../contract/file.ts';
import { leastMemory } from '../../../contract/grammar.ts';
import type { PublishedPort, TrialOrder, TrialProposal } from '../../../contract/trial.ts';
import { portProblem, readMemory } from './trial-words.ts';

export type PortDraft = { key: number; inside: string; here: string; protocol: PublishedPort['protocol'] };
export type VariableDraft = { key: number; name: string; value: string };

/** What somebody types before an image is tried. */
export type TrialDraft = {
  ports: PortDraft[];
  isOpen: boolean;
  variables: VariableDraft[];
  folder: GrantedPath | undefined;
  inside: string;
  mayWrite: boolean;
  command: string;
  memory: string;
  stays: boolean;
};

/** What an image proposes; its own variables need no row to count. */
export const draftOf = ({ ports, workingDirectory, volumes }: TrialProposal): TrialDraft => ({
  ports: ports.map(({ inside, here, protocol }, key) => ({ key, inside: String(inside), here: String(here), protocol })),
  isOpen: false,
  variables: [],
  folder: undefined,
  inside: volumes[0] ?? (workingDirectory && workingDirectory !== '/' ? workingDirectory : '/data'),
  mayWrite: false,
  command: '',
  memory: '',
  stays: false,
});

/** Why it can’t be started like this; undefined if it can. */
export function problemOf({ ports, variables, folder, inside, memory }: TrialDraft): string | undefined {
  const heres = ports.map(({ here, protocol }) => `${here.trim()} ${protocol}`);
  if (new Set(heres).size < heres.length) return 'Two ports lead from the same port of this computer';
  const problems = [
    ...ports.flatMap((port) => [portProblem(port.inside), portProblem(port.here)]),
    ...variables.map(({ name, value }) => (name.trim() === '' && value === '' ? undefined : nameProblem(name))),
    folder && insideProblem(inside),
    memoryProblem(memory),
  ];
  return problems.find((problem) => problem !== undefined);
}

export const nameProblem = (name: string): string | undefined =>
  /^[^=\0]+$/.test(name.trim()) ? undefined : name.trim() === '' ? 'A variable needs a name' : 'A name has no = in it';

export const insideProblem = (path: string): string | undefined =>
  /^\/[^\0]+$/.test(path.trim()) ? undefined : 'A folder in the image begins with /, such as /data';

export function memoryProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const bytes = readMemory(text);
  if (bytes === undefined) return 'Write it like 512 MB or 2 GB';
  return bytes < leastMemory ? 'Nothing starts with less than 6 MB' : undefined;
}

/** What main is asked for. */
export function orderOf(draft: TrialDraft, image: string, reference: string | undefined): TrialOrder {
  const { ports, variables, folder, inside, mayWrite, command, memory, isOpen, stays } = draft;
  const limit = readMemory(memory);
  return {
    image,
    ...(reference !== undefined && { reference }),
    ports: ports.map((port) => ({ inside: Number(port.inside), here: Number(port.here), protocol: port.protocol })),
    isOpen,
    environment: variables.filter(({ name }) => name.trim() !== '').map(({ name, value }) => ({ name: name.trim(), value })),
    ...(folder && { folder: { grant: folder.grant, inside: inside.trim(), mayWrite } }),
    ...(command.trim() !== '' && { command }),
    ...(limit !== undefined && { memory: limit }),
    stays,
  };
}

export const nextKey = (rows: readonly { key: number }[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1;

export const withRow = <T extends { key: number }>(rows: readonly T[], key: number, part: Partial<T>): T[] =>
  rows.map((row) => (row.key === key ? { ...row, ...part } : row));
