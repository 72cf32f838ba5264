/** One line of what the engine says: a value, or the head of a list or of values by name. */
export type InspectRow = {
  /** Where it stands, in the way of JSON pointers: `/Config/Env/0`. */
  path: string;
  depth: number;
  /** The name, or the number in a list. */
  name: string;
  /** Of a value: as JSON writes it, texts without quotes. */
  value?: string;
  kind: 'text' | 'number' | 'truth' | 'nothing' | 'list' | 'names';
  /** Of a head: how many there are in it. */
  count?: number;
  isOpen: boolean;
  /** It has every word that is searched. */
  isMatch: boolean;
};

/** Paths of heads: those that a person opened, and those that they shut though something in them was found. */
export type OpenHeads = { opened: ReadonlySet<string>; shut: ReadonlySet<string> };

type Node = Omit<InspectRow, 'isOpen' | 'isMatch'> & { children: Node[]; searchText: string };

/** What the engine says, as a tree. Done once for an answer. */
export function inspectTree(answer: unknown): Node[] {
  return childrenOf(answer, '', 0);
}

/**
 * The lines to show. Without a search: what is open. With one: the lines that have every word in their name or value, with all that they
 * are in, unless that is shut; what is in a head that matches stays as it was opened.
 */
export function inspectRows(tree: readonly Node[], { opened, shut }: OpenHeads, search: string): InspectRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return tree.flatMap((node) => rowsOf(node, { opened, shut }, words));
}

/** Paths of all heads, to open everything at once. */
export const allHeads = (tree: readonly Node[]): string[] =>
  tree.flatMap(({ path, children }) => (children.length === 0 ? [] : [path, ...allHeads(children)]));

function rowsOf(node: Node, heads: OpenHeads, words: readonly string[]): InspectRow[] {
  const { children, searchText, ...row } = node;
  const isMatch = words.length > 0 && words.every((word) => searchText.includes(word));
  const found = words.length > 0 ? children.flatMap((child) => rowsOf(child, heads, words)) : [];
  if (words.length > 0 && !isMatch && found.length === 0) return [];
  if (found.length > 0) {
    const isShut = heads.shut.has(row.path);
    return [{ ...row, isOpen: !isShut, isMatch }, ...(isShut ? [] : found)];
  }
  const isOpen = heads.opened.has(row.path);
  return [{ ...row, isOpen, isMatch }, ...(isOpen ? children.flatMap((child) => rowsOf(child, heads, [])) : [])];
}

function childrenOf(value: unknown, path: string, depth: number): Node[] {
  if (Array.isArray(value)) return value.map((one, at) => nodeOf(String(at), one, path, depth));
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, one]) => nodeOf(name, one, path, depth));
  return [];
}

function nodeOf(name: string, value: unknown, above: string, depth: number): Node {
  const path = `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const children = childrenOf(value, path, depth + 1);
  const isHead = typeof value === 'object' && value !== null;
  const text = isHead ? undefined : typeof value === 'string' ? value : String(JSON.stringify(value));
  return {
    path,
    depth,
    name,
    kind: kindOf(value),
    ...(text === undefined ? { count: children.length } : { value: text }),
    children,
    searchText: `${name} ${text ?? ''}`.toLowerCase(),
  };
}

function kindOf(value: unknown): InspectRow['kind'] {
  if (Array.isArray(value)) return 'list';
  if (value === null || value === undefined) return 'nothing';
  const kinds = { string: 'text', number: 'number', boolean: 'truth' } as const;
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? kinds[type] : 'names';
}
