import type { Advice } from '../../../contract/advice.ts';
import { isSecretive } from '../../../contract/secretive.ts';
import type { Instruction } from '../explain/read-instructions.ts';

// says that there is none, or where it lies
const harmless = /^(?:|["']{2}|["']?(?:dummy|placeholder|true|false|0|1|none|\/.*)["']?)$/i;

/** A password or key that ends up where everybody who has the image can read it. */
export function adviseSecrets(instructions: Instruction[]): Advice[] {
  const named = instructions.filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV').flatMap(namesIn);
  const byName = Map.groupBy(named, ({ name }) => name);
  return [...byName.values()].map((places) => {
    // what is in ENV is not only in the history but in every container
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
    .filter(([name, value]) => isSecretive(name) && (value === undefined || !harmless.test(value)))
    .map(([name]) => ({ name, instruction }));
}

function makeAdvice({ name, instruction: { keyword, line, lastLine } }: Named, instructions: Instruction[]): Advice {
  const id = name.toLowerCase().replaceAll('_', '-');
  const user = instructions.find((one) => one.keyword === 'RUN' && one.usedArgs.includes(name) && !one.text.includes('<<'));
  const suggestion = stepWithSecret(name, id, user?.text ?? 'RUN …');
  return {
    rule: 'secret-in-arg',
    line,
    lastLine,
    title: `Give ${name} as a secret`,
    reason:
      keyword === 'ENV'
        ? 'What ENV sets is written into the image: everybody who has it can read the value, and every container shows it. A secret is only there while its step runs; it needs BuildKit.'
        : 'Arguments are written into the image’s history: everybody who has it can read the value. A secret is only there while its step runs; it needs BuildKit.',
    ...(suggestion && { suggestion }),
  };
}

/** The step with the value in its environment; undefined where no shell runs it, which could set it. */
function stepWithSecret(name: string, id: string, text: string): string | undefined {
  const [, flags = '', command = ''] = /^RUN\s+((?:--\w+(?:=\S+)?\s+)*)(.*)$/is.exec(text) ?? [];
  if (command.startsWith('[')) return undefined;
  return `RUN --mount=type=secret,id=${id} ${flags}export ${name}="$(cat /run/secrets/${id})" && ${command}`;
}
