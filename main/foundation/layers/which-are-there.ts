/** The layers of an image, the lowest first: by whatever name, and by their chain ids. */
export type Stack = { names: readonly string[]; chains: readonly string[] };

/**
 * For each layer, by its name, whether an engine with these chain ids has it wherever it is needed: engines find a layer by its chain
 * id, which is to say with all that is below it.
 */
export function whichAreThere(stacks: readonly Stack[], there: ReadonlySet<string>): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { names, chains } of stacks)
    for (const [place, name] of names.entries()) found.set(name, there.has(chains[place] ?? '') && (found.get(name) ?? true));
  return found;
}
