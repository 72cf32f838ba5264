import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { plainScalar, UnclearScalar } from './plain-scalar.ts';
import type { Mapping, Value } from './values.ts';

/** The most values in a file once its aliases are followed, which newer versions of Compose allow, too: a few lines can stand for millions. */
const mostValues = 100_000;

/** What one document of a Compose file says. */
export type ComposeDocument = {
  content: Mapping;
  /** Keys to what the file takes out of the files before it (`!reset`) or puts in their place (`!override`). */
  replaced: string[][];
};

/** Why a file cannot be read, as a sentence, and where. */
export class UnreadableYaml extends Error {
  readonly line: number | undefined;
  /** The file's name, where it is known. */
  file: string | undefined;
  constructor(message: string, line: number | undefined) {
    super(message);
    this.line = line;
  }
}

/** The documents of a Compose file, with scalars as Compose reads them. Throws `UnreadableYaml`. */
export function readYaml(text: string): ComposeDocument[] {
  // every scalar comes as text here: Compose's reader has rules of its own for what it means; keys are compared
  // below, because the library takes minutes for a hundred thousand of them
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: true, logLevel: 'silent' });
  const budget = { left: mostValues };
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new UnreadableYaml(error.message.split(/ at line |\n/)[0] ?? error.message, error.linePos?.[0].line);
    const read = new DocumentReader(document, budget, (offset) => text.slice(0, offset).split('\n').length).read();
    return read ? [read] : [];
  });
}

class DocumentReader {
  readonly #document: Document;
  readonly #budget: { left: number };
  readonly #lineAt: (offset: number) => number;
  readonly #targets = new Map<Alias, Node>();
  /** The anchored nodes that are being read: one that contains itself never ends. */
  readonly #open = new Set<Node>();
  readonly #replaced: string[][] = [];

  constructor(document: Document, budget: { left: number }, lineAt: (offset: number) => number) {
    this.#document = document;
    this.#budget = budget;
    this.#lineAt = lineAt;
  }

  read(): ComposeDocument | undefined {
    const { contents } = this.#document;
    // an empty document says nothing
    if (contents === null || (isScalar(contents) && contents.value === '')) return undefined;
    this.#findTargets();
    const content = this.#value(contents as Node, []);
    if (!(content instanceof Map)) throw this.#refuse('The file doesn’t hold keys with values', contents as Node);
    return { content, replaced: this.#replaced };
  }

  /** An alias means the anchor of that name that stands last before it. */
  #findTargets(): void {
    const anchors = new Map<string, Node>();
    visit(this.#document, (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (!target) throw this.#refuse(`Nothing is called “&${node.source}” before “*${node.source}”`, node);
        this.#targets.set(node, target);
      } else if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) anchors.set(node.anchor, node);
    });
  }

  #value(node: Node | null, path: string[]): Value {
    if (--this.#budget.left < 0)
      throw new UnreadableYaml(`The file stands for more than ${mostValues.toLocaleString('en')} values`, undefined);
    if (node === null) return null;
    if (isAlias(node)) return this.#follow(node, path);
    if (node.tag === '!reset' || node.tag === '!override') this.#replaced.push(path);
    if (node.tag === '!reset') return null;
    if (isScalar(node)) return this.#scalar(node);
    if (node.tag !== undefined && !knownTags.has(node.tag))
      throw this.#refuse(`Layerdeck doesn’t know the tag “${shortTag(node.tag)}”`, node);
    if (isSeq(node)) return node.items.map((item, index) => this.#value(item as Node, [...path, `[${index}]`]));
    return this.#mapping(node as YAMLMap, path);
  }

  #follow(alias: Alias, path: string[]): Value {
    const target = this.#targets.get(alias) as Node;
    if (this.#open.has(target)) throw this.#refuse(`“*${alias.source}” is inside of what it stands for`, alias);
    this.#open.add(target);
    const value = this.#value(target, path);
    this.#open.delete(target);
    return value;
  }

  #mapping(node: YAMLMap, path: string[]): Mapping {
    const own = new Map<string, Value>();
    const merged: Mapping[] = [];
    const seen = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (isScalar(key) && seen.size === seen.add(key.value).size) throw this.#refuse(`“${key.value}” stands twice in the same place`, key);
      if (isMergeKey(key as Node)) merged.push(...this.#merged(value as Node | null, path));
      else {
        const name = this.#key(key as Node | null);
        const inner = [...path, name];
        const isReset = (value as Node | null)?.tag === '!reset';
        const read = this.#value(value as Node | null, inner);
        if (!isReset) own.set(name, read);
      }
    }
    // what stands in the mapping itself wins, then whatever is merged first
    return merged.length === 0 ? own : new Map([...merged.toReversed().flatMap((mapping) => [...mapping]), ...own]);
  }

  #merged(node: Node | null, path: string[]): Mapping[] {
    const value = node && this.#value(node, path);
    const all = Array.isArray(value) ? value : [value];
    if (!all.every((one) => one instanceof Map)) throw this.#refuse('After “<<” there has to be a mapping, or a list of mappings', node);
    return all;
  }

  #key(node: Node | null): string {
    const key = node && this.#value(node, []);
    if (typeof key === 'string') return key;
    throw this.#refuse('A key isn’t text: put it in quotes', node);
  }

  #scalar(node: Scalar): Value {
    const text = String(node.value ?? '');
    if (node.tag === '!' || node.tag === 'tag:yaml.org,2002:str') return text;
    if (node.tag !== undefined && node.tag !== '!override')
      throw this.#refuse(`Layerdeck doesn’t know the tag “${shortTag(node.tag)}”`, node);
    if (node.type !== 'PLAIN') return text;
    try {
      return plainScalar(text);
    } catch (error) {
      if (!(error instanceof UnclearScalar)) throw error;
      throw this.#refuse(`It isn’t certain what Compose makes of “${text}”: put it in quotes`, node);
    }
  }

  #refuse(reason: string, node: Node | null): UnreadableYaml {
    return new UnreadableYaml(reason, node?.range ? this.#lineAt(node.range[0]) : undefined);
  }
}

const knownTags = new Set(['!reset', '!override', 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq']);

const shortTag = (tag: string): string => tag.replace('tag:yaml.org,2002:', '!!');

const isMergeKey = (key: Node | null): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
