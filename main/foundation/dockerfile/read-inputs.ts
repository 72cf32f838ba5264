import { Copy, From, type Instruction as ParsedInstruction, Run } from 'dockerfile-ast';
import { expandWord, type Values } from './expand-variables.ts';
import { exactly } from './words-of-instruction.ts';

/** What an instruction reads from elsewhere. */
export type Inputs = {
  /** The stage or image that FROM or `--from` names. */
  from?: string;
  /** Paths and patterns in the context that it reads. */
  sources: string[];
  /** Patterns of `--exclude`. */
  excludes: string[];
  /** Whether it downloads something, whose content is not recorded. */
  isRemote: boolean;
};

/** What the instruction reads apart from the lines above it. */
export function readInputs(parsed: ParsedInstruction, values: Values): Inputs {
  const nothing: Inputs = { sources: [], excludes: [], isRemote: false };
  const expand = (text: string) => expandWord(text, values);
  if (parsed instanceof From) return { ...nothing, from: expand(parsed.getImage() ?? '') };
  if (parsed instanceof Copy || parsed.getKeyword() === 'ADD') return readCopy(parsed as Copy, nothing, expand);
  if (parsed instanceof Run) return readMounts(parsed, nothing, expand);
  return nothing;
}

function readCopy(parsed: Copy, nothing: Inputs, expand: (text: string) => string): Inputs {
  const flags = parsed.getFlags();
  const from = flags.find((flag) => flag.getName() === 'from')?.getValue();
  const json = jsonWords(exactly(parsed));
  const words = json.length > 0 ? json : plainWords(parsed);
  // the last word is the target
  const named = words.slice(0, -1).filter((word) => !word.startsWith('<<'));
  if (from) return { ...nothing, from: expand(from) };
  const sources = named.map(expand);
  const remote = sources.filter((source) => /^(?:https?:\/\/|git@|git:)|\.git(?:#|$)/.test(source));
  const excludes = flags.filter((flag) => flag.getName() === 'exclude').map((flag) => expand(flag.getValue() ?? ''));
  return { sources: sources.filter((source) => !remote.includes(source)), excludes, isRemote: remote.length > 0 };
}

/** The words after the flags, as written, since the parser drops backslashes. With a here-document only the first line has words. */
function plainWords(parsed: Copy): string[] {
  const text = parsed.getHeredocs().length > 0 ? parsed.getTextContent().split(/\r?\n/, 1).join() : exactly(parsed);
  const behind = text.replace(/^\S+(?:\s+--(?:"[^"]*"|'[^']*'|\S)+)*/, '');
  return behind.split(/[\t\v\f\r ]+/).filter(Boolean);
}

/** The words of `COPY ["a b", "/c"]`, whose spaces the parser loses; empty if it is written without brackets. */
function jsonWords(text: string): string[] {
  try {
    const words: unknown = JSON.parse(/^\S+(?:\s+--\S+)*\s+(\[[\s\S]*\])$/.exec(text)?.[1] ?? '[]');
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [];
  }
}

function readMounts(parsed: Run, nothing: Inputs, expand: (text: string) => string): Inputs {
  const mounts = parsed
    .getFlags()
    .filter((flag) => flag.getName() === 'mount')
    .map((flag) => new Map(flag.getOptions().map((option) => [option.getName(), option.getValue() ?? ''])));
  // a mount is a bind mount by default, and of the context unless it has a `from`
  const ofContext = mounts.filter((mount) => (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from'));
  const from = mounts.map((mount) => mount.get('from')).find(Boolean);
  const sources = ofContext.map((mount) => expand(mount.get('source') ?? mount.get('src') ?? '.'));
  return { ...nothing, sources, ...(from && { from: expand(from) }) };
}
