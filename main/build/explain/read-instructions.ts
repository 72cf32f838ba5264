import { Copy, DockerfileParser, From, type Instruction as ParsedInstruction, Run } from 'dockerfile-ast';
import type { Builder } from '../../../contract/engine.ts';
import { expandVariables, type Values, variablesIn } from './expand-variables.ts';
import { GrowingMap, type MapOfThen } from './growing-map.ts';

/** One instruction of a Dockerfile with all that decides its result and can be read from the text and the arguments. */
export type Instruction = {
  keyword: string;
  /** In one line, as written, with single spaces. */
  text: string;
  /** What a shell is given of a RUN, to the last space: a builder tells even those apart. */
  exact: string;
  /** With the values of variables. */
  expanded: string;
  /** From 1. */
  line: number;
  lastLine: number;
  /** As BuildKit names it; empty before the first FROM. */
  stage: string;
  /** Place among the stage's instructions that BuildKit shows as steps, from 1; undefined for the others. */
  stepNumber?: number;
  /** What FROM and `--from` name: another stage, or an image. */
  from?: string;
  /** Paths and patterns of the context that it reads. */
  sources: string[];
  /** Patterns of `--exclude`. */
  excludes: string[];
  /** Whether it fetches something whose content nobody recorded. */
  isRemote: boolean;
  /** Arguments that it can see, with their values. */
  args: MapOfThen;
  /** Names of the arguments that its own text uses. */
  usedArgs: string[];
  /** Names of the arguments that it cannot see, as a variable of the same name hides them. */
  hiddenArgs: string[];
  /** ENV, USER and SHELL above it, those of the stages that its own begins with, too: what a RUN runs in. */
  surroundings: Surrounding[];
};

export type Surrounding = Pick<Instruction, 'text' | 'expanded' | 'usedArgs'>;

type Scope = {
  stage: string;
  args: GrowingMap;
  environment: GrowingMap;
  surroundings: Surrounding[];
  steps: number;
};

/** What a stage begins with: all that the stage before it ended with, if it stands on one. */
const scopeOf = (stage: string, parent: Scope | undefined, builder: Builder): Scope => ({
  stage,
  // the classic builder forgets arguments at each FROM
  args: new GrowingMap(builder === 'buildkit' ? parent?.args.now().entries() : []),
  environment: new GrowingMap(parent?.environment.now().entries()),
  surroundings: [...(parent?.surroundings ?? [])],
  steps: 0,
});

/** Reads a Dockerfile as a build with these arguments would. Instructions that it cannot make sense of stay as text. */
export function readInstructions(dockerfile: string, given: Record<string, string> = {}, builder: Builder = 'buildkit'): Instruction[] {
  const globals = new GrowingMap();
  const scopes = new Map<string, Scope>();
  let scope: Scope = { ...scopeOf('', undefined, builder), args: globals };
  return DockerfileParser.parse(dockerfile)
    .getInstructions()
    .map((parsed) => {
      const isStep = isOwnStep(parsed, globals, scopes);
      if (parsed instanceof From) {
        const stage = parsed.getBuildStage()?.toLowerCase() ?? `stage-${scopes.size}`;
        const parent = scopes.get(expandVariables(parsed.getImage() ?? '', globals).toLowerCase());
        scope = scopeOf(stage, parent, builder);
        scopes.set(stage, scope);
      }
      const values = parsed instanceof From ? globals : valuesIn(scope);
      const instruction = read(parsed, scope, values, isStep);
      learn(instruction, scope, globals, given);
      return instruction;
    });
}

/** What BuildKit shows as a step of its own. A stage that begins with another one, or with nothing, has no step for that. */
function isOwnStep(parsed: ParsedInstruction, values: Values, stages: ReadonlyMap<string, Scope>): boolean {
  if (!(parsed instanceof From)) return /^(?:RUN|COPY|ADD|WORKDIR)$/.test(parsed.getKeyword());
  const base = expandVariables(parsed.getImage() ?? '', values);
  return base !== 'scratch' && !stages.has(base.toLowerCase());
}

function read(parsed: ParsedInstruction, scope: Scope, values: Values, isStep: boolean): Instruction {
  const keyword = parsed.getKeyword();
  const range = parsed.getRange();
  // a keyword may be written in small letters
  const inCapitals = (words: string) => words.replace(/^\S+/, keyword);
  const text = inCapitals(inOneLine(parsed));
  const expanded = keyword === 'RUN' ? text : expandVariables(text, values);
  if (isStep) scope.steps += 1;
  // to spread what is above would copy it
  return Object.assign(seenBy(scope), {
    keyword,
    text,
    exact: inCapitals(exactly(parsed)),
    expanded,
    line: range.start.line + 1,
    lastLine: range.end.line + 1,
    stage: scope.stage,
    ...(isStep && { stepNumber: scope.steps }),
    ...readInputs(parsed, values),
    usedArgs: variablesIn(text),
  });
}

/** What is above an instruction; a Dockerfile may have thousands of lines, so no line gets a copy of all that is above it. */
function seenBy({ args, environment, surroundings }: Scope): Pick<Instruction, 'args' | 'hiddenArgs' | 'surroundings'> {
  const [hidden, above] = [environment.now(), surroundings.length];
  return {
    args: args.now(),
    get hiddenArgs() {
      return hidden.keys();
    },
    get surroundings() {
      return surroundings.slice(0, above);
    },
  };
}

/** ENV wins over an ARG of its name. */
const valuesIn = ({ args, environment }: Scope): Values => ({ get: (name) => environment.get(name) ?? args.get(name) });

type Inputs = Pick<Instruction, 'from' | 'sources' | 'excludes' | 'isRemote'>;

function readInputs(parsed: ParsedInstruction, values: Values): Inputs {
  const nothing: Inputs = { sources: [], excludes: [], isRemote: false };
  const expand = (text: string) => expandVariables(text, values);
  if (parsed instanceof From) return { ...nothing, from: expand(parsed.getImage() ?? '') };
  if (parsed instanceof Copy || parsed.getKeyword() === 'ADD') return readCopy(parsed as Copy, nothing, expand);
  if (parsed instanceof Run) return readMounts(parsed, nothing, expand);
  return nothing;
}

function readCopy(parsed: Copy, nothing: Inputs, expand: (text: string) => string): Inputs {
  const flags = parsed.getFlags();
  const from = flags.find((flag) => flag.getName() === 'from')?.getValue();
  const json = jsonWords(exactly(parsed));
  // below the first line of one with a here-document is the document
  const firstLine = parsed.getRange().start.line;
  const isHeredoc = parsed.getHeredocs().length > 0;
  const plain = parsed.getArguments().filter((one) => !isHeredoc || one.getRange().start.line === firstLine);
  const words = json.length > 0 ? json : plain.map((one) => one.getValue());
  // the last one is where to
  const named = words.slice(0, -1).filter((word) => !word.startsWith('<<'));
  if (from) return { ...nothing, from: expand(from) };
  const sources = named.map(expand);
  const remote = sources.filter((source) => /^(?:https?:\/\/|git@|git:)|\.git(?:#|$)/.test(source));
  const excludes = flags.filter((flag) => flag.getName() === 'exclude').map((flag) => expand(flag.getValue() ?? ''));
  return { sources: sources.filter((source) => !remote.includes(source)), excludes, isRemote: remote.length > 0 };
}

/** The words of `COPY ["a b", "/c"]`; none where it is written without brackets. The parser loses their spaces. */
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
  // a bind mount is the default, and of the context unless it says from where
  const ofContext = mounts.filter((mount) => (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from'));
  const from = mounts.map((mount) => mount.get('from')).find(Boolean);
  const sources = ofContext.map((mount) => expand(mount.get('source') ?? mount.get('src') ?? '.'));
  return { ...nothing, sources, ...(from && { from: expand(from) }) };
}

function learn(instruction: Instruction, scope: Scope, globals: GrowingMap, given: Record<string, string>): void {
  const { keyword, text } = instruction;
  if (keyword === 'ARG') {
    for (const { name, value } of assignments(text)) {
      const preset = value === undefined ? globals.get(name) : expandVariables(value, valuesIn(scope));
      const known = given[name] ?? preset;
      if (known !== undefined) scope.args.set(name, known);
    }
  } else if (keyword === 'ENV' || keyword === 'USER' || keyword === 'SHELL') {
    scope.surroundings.push(instruction);
    if (keyword === 'ENV') for (const { name, value } of assignments(instruction.expanded)) scope.environment.set(name, value ?? '');
  }
}

/** `A=1 B="two words"`, and the older `A one word after the other`. */
export function assignments(text: string): { name: string; value?: string }[] {
  const rest = text.replace(/^\S+\s+/, '');
  const old = /^([A-Za-z_]\w*)\s+([\s\S]+)$/.exec(rest);
  if (old && /^ENV/i.test(text)) return [{ name: old[1] ?? '', value: old[2] ?? '' }];
  const words = rest.match(/(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s])+/g) ?? [];
  return words.flatMap((word) => {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    return name === undefined ? [] : [{ name, ...(value !== undefined && { value: withoutQuotes(value) }) }];
  });
}

// a dollar that is written as such stays so until variables are put in
const withoutQuotes = (value: string): string =>
  value.replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([^$])/g, (_, double?: string, single?: string, escaped?: string) =>
    double !== undefined ? double.replace(/\\(["\\])/g, '$1') : (single ?? escaped ?? ''),
  );

/** As a builder joins the lines: without continuations and the comments between them, and with every space. */
const exactly = (parsed: ParsedInstruction): string =>
  parsed
    .getTextContent()
    .split(/\r?\n/)
    .filter((line, place) => place === 0 || !/^\s*#/.test(line))
    .map((line) => line.replace(/[\\`][ \t]*$/, ''))
    .join('')
    .trim();

/** Without continuations and the comments between them. */
const inOneLine = (parsed: ParsedInstruction): string => {
  const [first = '', ...more] = parsed.getTextContent().split(/\r?\n/);
  const isHeredoc = /<<-?["']?\w+/.test(first);
  if (isHeredoc) return [first, ...more].join('\n').trim();
  return [first, ...more.filter((line) => !/^\s*#/.test(line))]
    .map((line) => line.replace(/[\\`]\s*$/, ' '))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
};
