import type { Advice } from '../../../../contract/advice.ts';
import { isSecretName } from '../../../../contract/secret-name.ts';
import type { Instruction } from '../read-instructions.ts';

// a value that says there is no secret, or where it is
const harmless = /^(?:|["']{2}|["']?(?:dummy|placeholder|true|false|0|1|none|\/.*)["']?)$/i;

/** Advises a build secret in place of a password or key that everybody who has the image could read. */
export function adviseSecrets(instructions: Instruction[]): Advice[] {
  const named = instructions.filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV').flatMap(namesIn);
  const byName = Map.groupBy(named, ({ name }) => name);
  return [...byName.values()].map((places) => {
    // ENV is worse: it is not only in the history but in every container
    const worst = places.find(({ instruction }) => instruction.keyword === 'ENV') ?? places[0];
    return makeAdvice(worst as Named, instructions);
  });
}

type Named = { name: string; instruction: Instruction };

function namesIn(instruction: Instruction): Named[] {
  const rest = instruction.text.replace(/^\S+\s+/, '');
  const old = instruction.keyword === 'ENV' ? /^([A-Za-z_]\w*)\s+(\S.*)$/.exec(rest) : null;
  const pairs = old
    ? [[old[1] ?? '', old[2] ?? ''] as const]
    : [...rest.matchAll(/([A-Za-z_]\w*)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:\\.|\S)*))?/g)].map(
        (match) => [match[1] ?? '', match[2]] as const,
      );
  return pairs
    .filter(([name, value]) => isSecretName(name) && (value === undefined || !harmless.test(value)))
    .map(([name]) => ({ name, instruction }));
}

function makeAdvice({ name, instruction: { keyword, line, lastLine } }: Named, instructions: Instruction[]): Advice {
  const id = name.toLowerCase().replaceAll('_', '-');
  const user = instructions.find((one) => one.keyword === 'RUN' && one.usedArgs.includes(name) && !one.text.includes('<<'));
  // only root can read a secret unless told otherwise
  const mount = `type=secret,id=${id}${user && runsAsOtherUser(user) ? ',mode=0444' : ''}`;
  const suggestion = stepWithSecret({ name, id, mount }, user?.text ?? 'RUN …');
  return {
    rule: 'secret-in-arg',
    line,
    lastLine,
    title: `Give ${name} as a secret`,
    reason:
      keyword === 'ENV'
        ? 'ENV writes the value into the image: everybody who has the image can read it, and every container shows it. A secret exists only while its step runs. It needs BuildKit.'
        : 'Arguments are written into the image’s history: everybody who has the image can read the value. A secret exists only while its step runs. It needs BuildKit.',
    ...(suggestion && { suggestion }),
  };
}

/** Whether a step runs as a user other than root, as far as the Dockerfile says. */
function runsAsOtherUser({ surroundings }: Instruction): boolean {
  const user = surroundings.findLast(({ text }) => /^USER\b/.test(text));
  return user !== undefined && !/^USER\s+(?:root|0)(?::|$)/.test(user.expanded);
}

/** The step with the value in its environment; undefined without a shell, which would have to set it. */
function stepWithSecret({ name, id, mount }: { name: string; id: string; mount: string }, text: string): string | undefined {
  const [, flags = '', command = ''] = /^RUN\s+((?:--\w+(?:=\S+)?\s+)*)(.*)$/is.exec(text) ?? [];
  if (command.startsWith('[')) return undefined;
  return `RUN --mount=${mount} ${flags}export ${name}="$(cat /run/secrets/${id})" && ${command}`;
}
