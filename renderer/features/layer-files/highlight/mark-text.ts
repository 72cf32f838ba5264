import type { createLowlight } from 'lowlight';

type Lowlight = ReturnType<typeof createLowlight>;
type Node = ReturnType<Lowlight['highlight']>['children'][number];

/** What a part of a text is, as far as it is drawn in another way. */
export const kinds = ['comment', 'string', 'number', 'keyword', 'name'] as const;
export type PartKind = (typeof kinds)[number];

/** highlight.js has some forty words for it: https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html */
const kindOfScope: Record<string, PartKind> = {
  comment: 'comment',
  doctag: 'comment',
  quote: 'comment',
  meta: 'comment',
  deletion: 'comment',
  string: 'string',
  regexp: 'string',
  char: 'string',
  code: 'string',
  link: 'string',
  addition: 'string',
  formula: 'string',
  subst: 'name',
  number: 'number',
  literal: 'number',
  symbol: 'number',
  bullet: 'number',
  keyword: 'keyword',
  built_in: 'keyword',
  type: 'keyword',
  operator: 'keyword',
  tag: 'keyword',
  section: 'keyword',
  name: 'keyword',
  'selector-tag': 'keyword',
  strong: 'keyword',
  attr: 'name',
  attribute: 'name',
  property: 'name',
  variable: 'name',
  'template-variable': 'name',
  title: 'name',
  params: 'name',
  'selector-id': 'name',
  'selector-class': 'name',
  'selector-attr': 'name',
  'selector-pseudo': 'name',
};

/** A line of the page; a long line of the text has several, of which all but the first go on. */
export type ShownLine = { text: string; goesOn: boolean };

/**
 * Where the parts of each line are: for the line `i`, the triples (from, to, kind) in `spans` between `ends[i - 1]` and `ends[i]`. Numbers
 * in two arrays, as they have to get from the worker to the page at no cost.
 */
export type Marks = { spans: Uint32Array; ends: Uint32Array };

/** Finds the parts of a text in a language. */
export function markText(lowlight: Lowlight, language: string, lines: readonly ShownLine[]): Marks {
  const text = lines.map((line, at) => (at > 0 && !line.goesOn ? `\n${line.text}` : line.text)).join('');
  const parts = partsOf(lowlight.highlight(language, text).children);
  const spans: number[] = [];
  const ends = new Uint32Array(lines.length);
  let [start, next] = [0, 0];
  for (const [at, line] of lines.entries()) {
    if (at > 0 && !line.goesOn) start++;
    const end = start + line.text.length;
    while ((parts[next]?.to ?? Number.POSITIVE_INFINITY) <= start) next++;
    // an empty line in the middle of a part has none
    for (let place = next; end > start && (parts[place]?.from ?? Number.POSITIVE_INFINITY) < end; place++) {
      const { from, to, kind } = parts[place] as Part;
      spans.push(Math.max(from, start) - start, Math.min(to, end) - start, kind);
    }
    ends[at] = spans.length;
    start = end;
  }
  return { spans: Uint32Array.from(spans), ends };
}

type Part = { from: number; to: number; kind: number };

/** The innermost parts with a kind, in their order, none over another. */
function partsOf(nodes: readonly Node[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const visit = (node: Node, around: number): void => {
    if (node.type === 'text') {
      if (around >= 0 && node.value !== '') parts.push({ from: at, to: at + node.value.length, kind: around });
      at += node.value.length;
    } else if (node.type === 'element') {
      const own = kindOf(node);
      for (const child of node.children) visit(child, own < 0 ? around : own);
    }
  };
  for (const node of nodes) visit(node, -1);
  return parts;
}

/** Its number among the kinds; −1 for what is drawn as usual. */
function kindOf({ properties }: Extract<Node, { type: 'element' }>): number {
  const [scope = ''] = [properties.className].flat().map((name) => String(name).replace(/^hljs-/, ''));
  const kind = kindOfScope[scope];
  return kind === undefined ? -1 : kinds.indexOf(kind);
}

/** The parts of one line. */
export function marksOfLine({ spans, ends }: Marks, line: number): { from: number; to: number; kind: PartKind }[] {
  const found = [];
  for (let at = line > 0 ? (ends[line - 1] ?? 0) : 0; at < (ends[line] ?? 0); at += 3) {
    const kind = kinds[spans[at + 2] ?? 0];
    if (kind) found.push({ from: spans[at] ?? 0, to: spans[at + 1] ?? 0, kind });
  }
  return found;
}
