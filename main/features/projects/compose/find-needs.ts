import type { ComposeBuild } from '../../../../contract/compose.ts';
import { isReference, parseReference, repositoryKey } from '../../../../contract/reference.ts';
import { basesOf } from '../../../foundation/dockerfile/bases-of.ts';
import { readInstructions } from '../../../foundation/dockerfile/read-instructions.ts';
import { readSmallText } from '../../../foundation/files/read-small-file.ts';

type Placed = Pick<ComposeBuild, 'service' | 'references' | 'args'> & { places: { context?: string; dockerfile?: string } };

/** The most bytes of a Dockerfile that is looked into: there can be two hundred. */
const largest = 128 * 1024;

/** For each build, the other services whose images its Dockerfile starts from or copies from, as far as it can be read. */
export async function findNeeds(builds: readonly Placed[]): Promise<string[][]> {
  const makers = new Map(builds.flatMap(({ service, references }) => references.map((one) => [keyOf(one), service] as const)));
  const needs: string[][] = [];
  for (const { service, args, places } of builds) {
    const bases = await basesIn(places, args).catch(() => []);
    const found = bases.map((base) => makers.get(keyOf(base))).filter((maker) => maker !== undefined && maker !== service);
    needs.push([...new Set(found as string[])]);
  }
  return needs;
}

async function basesIn({ context, dockerfile }: Placed['places'], args: Placed['args']): Promise<string[]> {
  if (!context || !dockerfile) return [];
  const given = Object.fromEntries(args.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  return basesOf(readInstructions(await readSmallText(dockerfile, largest), given, 'buildkit'));
}

function keyOf(text: string): string {
  if (!isReference(text)) return text;
  const reference = parseReference(text);
  return `${repositoryKey(reference)}:${reference.tag ?? 'latest'}`;
}
