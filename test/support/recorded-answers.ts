import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Record<string, unknown>;

/** What tools/record/dialects.ts asks an engine for in one version of the API. */
export type Answers = {
  version: Json;
  info: Json;
  images: Json[];
  /** Inspected: an image with all kinds of settings, one with none, and one without a name. */
  full: Json;
  bare: Json;
  untagged: Json;
  history: Json[];
  containers: Json[];
  container: Json;
  events: Json[];
};

const fixtures = join(import.meta.dirname, '../fixtures');

/** The recorded answers of one engine in one version: `docker-28/answers-1.51`. */
export const readAnswers = (name: string): Answers => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as Answers;

/** All of them, by name. */
export const recordedAnswers: [name: string, answers: Answers][] = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => /answers-1\.\d+\.json$/.test(file))
  .map((file) => file.replace(/\.json$/, ''))
  .map((name) => [name, readAnswers(name)]);

/**
 * MADE BY HAND, as no engine with API 1.52 or newer was there to ask: an answer in 1.51 with what moby's descriptions say is
 * another in 1.52 to 1.55 (api/docs/CHANGELOG.md, daemon/server/router/image/image_routes.go, read in August 2026).
 */
export function inNewerDialect(answers: Answers, isContainerd: boolean): Answers {
  return {
    version: { ...answers.version, Version: '29.3.0', ApiVersion: '1.54', MinAPIVersion: '1.40' },
    // 1.53: "GET /info now includes an NRI field"
    info: { ...answers.info, NRI: { Info: [['plugin-path', '/opt/docker/nri/plugins']] } },
    images: answers.images,
    full: inspectedAnew(answers.full, isContainerd),
    bare: inspectedAnew(answers.bare, isContainerd),
    untagged: inspectedAnew(answers.untagged, isContainerd),
    history: answers.history,
    containers: answers.containers.map((one) => ({ ...one, Health: { Status: 'none', FailingStreak: 0 } })),
    // 1.52: "GET /container/{id}/json now omits Config.OnBuild if its value is empty"
    container: { ...answers.container, Config: withoutEmpty(answers.container.Config as Json, ['OnBuild']) },
    // 1.52: "GET /events no longer includes the deprecated status, id, and from fields"
    events: answers.events.map(({ status: _, id: __, from: ___, ...event }) => event),
  };
}

function inspectedAnew({ GraphDriver, ...image }: Json, isContainerd: boolean): Json {
  // 1.52: "now omits the following Config fields when not set"
  const settings = ['Cmd', 'Entrypoint', 'Env', 'Labels', 'OnBuild', 'User', 'Volumes', 'WorkingDir'];
  return {
    // 1.52: "now omits the following fields if their value is empty"
    ...withoutEmpty(image, ['Parent', 'Comment', 'DockerVersion', 'Author']),
    Config: withoutEmpty(image.Config as Json, settings),
    // image_routes.go: "the GraphDriver field, now omitted when a snapshotter is used"
    ...(!isContainerd && { GraphDriver }),
    // 1.53: "now includes an Identity field with trusted identity and origin information"
    Identity: { Build: [{ Ref: 'y2qlzk0zxvmrjdgxwmv4zf0jp', CreatedAt: '2026-08-01T10:00:00Z' }] },
  };
}

const withoutEmpty = (values: Json, names: string[]): Json =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !names.includes(name) || !isEmpty(value)));

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || JSON.stringify(value) === '[]' || JSON.stringify(value) === '{}';
