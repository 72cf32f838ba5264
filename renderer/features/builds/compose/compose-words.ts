import type { ComposeBuild, ComposeObstacle, ComposeProject } from '../../../../contract/compose.ts';
import { count, listed } from '../../../ui/format.ts';

/** "compose.yaml, compose.override.yaml and .env" */
export const filesOf = ({ files, hasEnv }: ComposeProject): string => listed([...files, ...(hasEnv ? ['.env'] : [])]);

export const projectWords = ({ builds, files }: ComposeProject): string =>
  `This project has ${count(builds.length, 'image')} to build, as ${listed(files)} ${files.length === 1 ? 'says' : 'say'}.`;

/** Where a build takes what from. */
export function sourceWords({ context, dockerfile, target, build, obstacles }: ComposeBuild): string {
  if (obstacles.some(({ kind }) => kind === 'extends' || kind === 'no-base')) return 'What it’s built from isn’t known.';
  const inputs = build?.inputs;
  return [
    context === '.' || context === './' || context === '' ? 'The project’s folder' : `Folder ${context}`,
    dockerfile,
    ...(target ? [`up to the stage ${target}`] : []),
    ...(inputs?.platform ? [`for ${inputs.platform}`] : []),
    ...(inputs?.network ? [`network ${inputs.network}`] : []),
    ...(inputs?.noCache ? ['without cache'] : []),
    ...(inputs?.pullBase ? ['with the newest base images'] : []),
    ...(inputs?.cacheFrom ? [`reuses steps of ${listed(inputs.cacheFrom)}`] : []),
    ...(inputs?.secrets
      ? [`with the ${inputs.secrets.length === 1 ? 'secret' : 'secrets'} ${listed(inputs.secrets.map(({ id }) => id))}`]
      : []),
  ].join(' · ');
}

/** What is different from what Compose would do or what one might expect, a sentence each. */
export function notesOf({ profiles, needs, leftOut, unset, service }: ComposeBuild): string[] {
  return [
    ...(profiles.length > 0
      ? [`Compose builds it only with the ${profiles.length === 1 ? 'profile' : 'profiles'} ${listed(profiles)}.`]
      : []),
    ...(needs.length > 0 ? [`Its Dockerfile builds on the image of ${listed(needs)}. Build ${listed(needs)} first, then ${service}.`] : []),
    ...(unset.length > 0
      ? [`${listed(unset)} ${unset.length === 1 ? 'has no value and became' : 'have no values and became'} empty.`]
      : []),
    ...(leftOut.length > 0 ? [`Not done by Layerdeck: ${listed(leftOut)}. What’s in the image doesn’t depend on that.`] : []),
  ];
}

/** Why a build can't be started, and what to do. */
export function obstacleWords(obstacle: ComposeObstacle, { service, unset }: ComposeBuild): string {
  const byCompose = `Build it with “docker compose build ${service}”.`;
  switch (obstacle.kind) {
    case 'option':
      return `Layerdeck doesn’t do “${obstacle.option}” as it’s written here, and without it another image would come of this. ${byCompose}`;
    case 'unknown-option':
      return `Layerdeck doesn’t know the option “${obstacle.option}”. Check how it’s spelled, or build it with “docker compose build ${service}”.`;
    case 'value':
      return `${valueWords(obstacle.option, obstacle.value)} ${unset.length > 0 ? `Fill in ${listed(unset)} above, or correct` : 'Correct'} it in the file.`;
    case 'outside':
      return `${things[obstacle.option]} is outside of the folder that you chose: ${obstacle.path}. Choose the folder that it’s in.`;
    case 'missing':
      return `${things[obstacle.option]} isn’t there: ${obstacle.path}. Correct the path in the file.`;
    case 'remote':
      return `Its build folder is at another address: ${obstacle.context}. Layerdeck builds from folders on this computer. ${byCompose}`;
    case 'platforms':
      return `It’s meant for several platforms: ${listed(obstacle.platforms)}. Layerdeck builds for one at a time. ${byCompose}`;
    case 'extends':
      return `It extends a service in ${obstacle.file}, which can’t be read or is outside of what you chose. Choose the folder that it’s in.`;
    case 'no-base':
      return `It extends ${obstacle.service || 'a service'}, which isn’t there or leads back to it. Correct “extends” in the file.`;
    case 'required':
      return `${obstacle.variable} needs a value${obstacle.message ? `: ${obstacle.message}` : ''}. Fill it in above.`;
    case 'malformed':
      return `A “$” begins nothing that has a meaning: ${obstacle.text}. Write “$$” for a dollar.`;
    case 'too-long':
      return `One of its texts has more than 20,000 characters, or too many variables inside each other. ${byCompose}`;
    case 'no-name':
      return 'Neither the file nor the folder gives its image a name. Add “image:” to the service, or “name:” to the file.';
  }
}

const things: Record<Extract<ComposeObstacle, { kind: 'outside' }>['option'], string> = {
  context: 'Its build folder',
  dockerfile: 'Its Dockerfile',
  secrets: 'The file of a secret',
};

const valueWords = (option: string, value: string): string =>
  value === '' ? `The value of “${option}” can’t be used.` : `“${value}” can’t be used for “${option}”.`;
