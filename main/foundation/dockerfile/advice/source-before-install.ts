import { posix } from 'node:path';
import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';
import { installers } from './installers.ts';

/** Advises to install packages first, if the program is copied before an install that does not read it. */
export function adviseSourceBeforeInstall(instructions: Instruction[]): Advice[] {
  const stages = Map.groupBy(instructions, ({ stage }) => stage);
  return [...stages.values()].flatMap((stage) => adviseStage(stage) ?? []);
}

function adviseStage(stage: Instruction[]): Advice | undefined {
  const installAt = stage.findIndex(readsNoSource);
  const install = stage[installAt];
  const copyAt = stage.findIndex((one, place) => place < installAt && copiesSource(one));
  const copy = stage[copyAt];
  if (!install || !copy) return undefined;
  // manifests are still copied before the install
  const manifests = stage.slice(copyAt + 1, installAt).filter((one) => one.keyword === 'COPY' && one.sources.some(isManifest));
  return {
    rule: 'copy-before-install',
    line: copy.line,
    lastLine: install.lastLine,
    title: 'Install packages before you copy your program',
    reason:
      'Any change to your program makes the packages install again, although the installation doesn’t read it. If you copy the program afterwards, the packages come from the cache.',
    suggestion: [...manifests, install, copy].map(({ text }) => text).join('\n'),
  };
}

const byName = /^RUN (?:pip3?|python3? -m pip|uv pip) install(?: -(?!r|e|c)[\w-]+(?:=\S+)?| [A-Za-z][\w.[\],=<>!~-]*)+$/;
const localFile = /\.(?:whl|txt|toml|zip|gz)\b/;

/** Whether a step only installs packages, by name or from a manifest. */
const readsNoSource = ({ keyword, text }: Instruction): boolean =>
  keyword === 'RUN' && ((byName.test(text) && !localFile.test(text)) || installers.some(({ command }) => isWhole(command, text)));

const isWhole = (command: RegExp, text: string): boolean => command.exec(text)?.[0].trim() === text.replace(/^RUN /, '');

/** Whether everything it copies is the program itself. */
const copiesSource = ({ keyword, from, sources }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') &&
  from === undefined &&
  sources.length > 0 &&
  sources.every((source) => !isManifest(source) && isSource(source));

const isManifest = (source: string): boolean => {
  const name = posix.basename(source);
  return name === 'setup.py' || installers.some((one) => one.isManifest.test(name));
};

const isSource = (source: string): boolean =>
  /\.(?:py|js|mjs|ts|jsx|tsx|rb|go|php|java|html|css)$/i.test(source) ||
  /^(?:\.\/)?(?:src|app|public|static|templates|views)\/?$/.test(source);
