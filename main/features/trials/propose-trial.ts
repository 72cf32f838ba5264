import type { PublishedPort, TrialProposal } from '../../../contract/trial.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import { firstFreePort } from '../../foundation/engine/containers/free-port.ts';
import { isFar } from '../../foundation/engine/is-far.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { platformWords } from '../../foundation/formats/manifest.ts';
import { readPort } from './read-trial.ts';

/** What to start a trial with. Rejects with the engine's error, such as for an image that has gone. */
export async function proposeTrial(engine: Engine, image: string): Promise<TrialProposal> {
  const { Config, Os, Architecture, Variant } = await inspectImage(engine, image);
  const platform = platformWords({ os: Os, architecture: Architecture, variant: Variant });
  return {
    ports: await freePorts(Object.keys(Config.ExposedPorts)),
    environment: Config.Env.flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [{ name: line.slice(0, at), value: line.slice(at + 1) }] : [];
    }),
    entrypoint: Config.Entrypoint,
    command: Config.Cmd,
    user: Config.User,
    workingDirectory: Config.WorkingDir,
    volumes: Object.keys(Config.Volumes).sort(),
    ...(!isSamePlatform(platform, engine.platform) && { otherPlatform: platform }),
    isFar: await isFar(engine),
  };
}

/** As many as a person looks through; an image may say that it has thousands. */
const mostPorts = 20;

async function freePorts(exposed: readonly string[]): Promise<PublishedPort[]> {
  const inside = exposed.flatMap((name) => readPort(name) ?? []).sort((one, other) => one.inside - other.inside);
  const chosen: PublishedPort[] = [];
  for (const port of inside.slice(0, mostPorts)) {
    const here = await firstFreePort(placesFor(port.inside), new Set(chosen.map(({ here: taken }) => taken)));
    if (here !== undefined) chosen.push({ ...port, here });
  }
  return chosen;
}

/** The port's own number, if everybody may listen there; then those that people expect instead, as 8080 for 80. */
function* placesFor(inside: number): Generator<number> {
  if (inside >= 1024) yield inside;
  else yield 8000 + inside;
  for (let port = 8080; port < 8180; port++) yield port;
}

/** A variant that isn't said is any. */
const isSamePlatform = (one: string, other: string): boolean => one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
