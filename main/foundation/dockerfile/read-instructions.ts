import { DockerfileParser, From, type Instruction as ParsedInstruction } from 'dockerfile-ast';
import type { Builder } from '../../../contract/engine.ts';
import { assignments } from './assignments.ts';
import { expandVariables, expandWord, type Values, variablesIn } from './expand-variables.ts';
import { GrowingMap, type MapSnapshot } from './growing-map.ts';
import { type Inputs, readInputs } from './read-inputs.ts';
import { exactly, inOneLine } from './words-of-instruction.ts';

/** One instruction of a Dockerfile with everything that decides its result, as far as text and arguments show it. */
export type Instruction = Inputs & {
  keyword: string;
  /** As written, on one line, with single spaces. */
  text: string;
  /** A RUN's text exactly as the shell gets it: to a builder even a space makes a difference. */
  exact: string;
  /** The text with variables expanded. */
  expanded: string;
  /** From 1. */
  line: number;
  lastLine: number;
  /** BuildKit's name for its stage; empty before the first FROM. */
  stage: string;
  /** Position among the stage's instructions that BuildKit shows as steps, from 1; undefined for others. */
  stepNumber?: number;
  /** The arguments it can see, with their values. */
  args: MapSnapshot;
  /** Names of the arguments that its own text uses. */
  usedArgs: string[];
  /** Names of the arguments it cannot see because a variable of the same name hides them. */
  hiddenArgs: string[];
  /** The ENV, USER and SHELL lines above it, including those of the stages its own starts from: a RUN's environment. */
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

/** The scope a stage starts with: everything its parent stage ended with, if it has one. */
const scopeOf = (stage: string, parent: Scope | undefined, builder: Builder): Scope => ({
  stage,
  // the classic builder forgets arguments at each FROM
  args: new GrowingMap(builder === 'buildkit' ? parent?.args.snapshot().entries() : []),
  environment: new GrowingMap(parent?.environment.snapshot().entries()),
  surroundings: [...(parent?.surroundings ?? [])],
  steps: 0,
});

/** Reads a Dockerfile as a build with these arguments would. Instructions it does not understand stay plain text. */
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
        const parent = scopes.get(expandWord(parsed.getImage() ?? '', globals).toLowerCase());
        scope = scopeOf(stage, parent, builder);
        scopes.set(stage, scope);
      }
      const values = parsed instanceof From ? globals : valuesIn(scope);
      const instruction = read(parsed, scope, { values, globals }, isStep);
      learn(instruction, scope, globals, given);
      return instruction;
    });
}

/** Whether BuildKit shows the instruction as a step. A FROM that names another stage, or scratch, is none. */
function isOwnStep(parsed: ParsedInstruction, values: Values, stages: ReadonlyMap<string, Scope>): boolean {
  if (!(parsed instanceof From)) return /^(?:RUN|COPY|ADD|WORKDIR)$/.test(parsed.getKeyword());
  const base = expandWord(parsed.getImage() ?? '', values);
  return base !== 'scratch' && !stages.has(base.toLowerCase());
}

/** The values an instruction can use, and the arguments before the first FROM, the only ones that a FROM sees. */
type Known = { values: Values; globals: GrowingMap };

function read(parsed: ParsedInstruction, scope: Scope, { values, globals }: Known, isStep: boolean): Instruction {
  const keyword = parsed.getKeyword();
  const range = parsed.getRange();
  // a keyword may be written in lowercase
  const inCapitals = (words: string) => words.replace(/^\S+/, keyword);
  const text = inCapitals(inOneLine(parsed));
  const [read, verbatim] = keyword === 'RUN' ? [text, ''] : withoutVerbatim(text);
  const expanded = keyword === 'RUN' ? text : expandVariables(read, values) + verbatim;
  if (isStep) scope.steps += 1;
  // a spread would evaluate the getters and copy what is above
  return Object.assign(seenBy(parsed instanceof From ? { ...scope, args: globals } : scope), {
    keyword,
    text,
    exact: inCapitals(exactly(parsed)),
    expanded,
    line: range.start.line + 1,
    lastLine: range.end.line + 1,
    stage: scope.stage,
    ...(isStep && { stepNumber: scope.steps }),
    ...readInputs(parsed, values),
    usedArgs: variablesIn(read),
  });
}

/** Splits off here-documents with a quoted word, in which variables are not expanded. */
function withoutVerbatim(text: string): [read: string, verbatim: string] {
  const [first = ''] = text.split('\n', 1);
  const words = [...first.matchAll(/<<-?(["']?)\w/g)];
  const isVerbatim = words.length > 0 && words.every(([, quote]) => quote !== '');
  return isVerbatim ? [first, text.slice(first.length)] : [text, ''];
}

/** What is above an instruction, without copying it for each line: a Dockerfile may have thousands. */
function seenBy({ args, environment, surroundings }: Scope): Pick<Instruction, 'args' | 'hiddenArgs' | 'surroundings'> {
  const [hidden, above] = [environment.snapshot(), surroundings.length];
  return {
    args: args.snapshot(),
    get hiddenArgs() {
      return hidden.keys();
    },
    get surroundings() {
      return surroundings.slice(0, above);
    },
  };
}

/** ENV takes precedence over an ARG of the same name. */
const valuesIn = ({ args, environment }: Scope): Values => ({ get: (name) => environment.get(name) ?? args.get(name) });

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
