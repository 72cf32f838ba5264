import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Builder } from '../../../contract/engine.ts';
import { ignoreFileOf, readIgnored } from '../../../main/foundation/context/ignore-file.ts';
import { type MeasuredFolder, measureContext } from '../../../main/foundation/context/inspect/measure-context.ts';
import type { Engine } from '../../../main/foundation/engine/open-engine.ts';
import { bytesOf } from '../../../main/foundation/formats/name-bytes.ts';
import { text } from '../../../main/foundation/formats/tar/parse-header.ts';
import { buildByApp, buildByOther, endless, type OtherClient, type Outcome } from './builds.ts';
import { filesOfImage } from './files-of-image.ts';
import type { MadeContext } from './made-context.ts';
import { writeContext } from './write-context.ts';

/** Where a made-up context is built by both. */
export type Arena = { engine: Engine; host: string; builder: Builder; client: OtherClient };

/** The outcome for a context: built by both alike, refused by both, or by one alone in a known way. */
export type Verdict = {
  what:
    | 'the same'
    | 'the same but for files that docker’s command sends empty'
    | 'the same but for what the oldest command takes in otherwise'
    | 'refused by both'
    | 'refused by docker’s command alone'
    | 'refused by the app alone, in words';
  why?: string;
};

/**
 * Builds a made-up context by the app and by docker's command, in an order that changes. Throws if the images differ, the
 * second build was not wholly cached, or the preview of the context does not match what arrived.
 */
export async function compareBuilds({ engine, host, builder, client }: Arena, made: MadeContext, appIsFirst: boolean): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'layerdeck-fuzz-'));
  try {
    await writeContext(folder, made);
    const byApp = () => buildByApp(engine, builder, folder, 'fuzz-app:1', client.modes);
    const byOther = () => buildByOther(host, builder, client, folder, 'fuzz-other:1');
    const first = await (appIsFirst ? byApp() : byOther());
    const second = await (appIsFirst ? byOther() : byApp());
    const [app, other] = appIsFirst ? [first, second] : [second, first];
    if (!app.isBuilt || !other.isBuilt) return judgeRefusals(app, other, made);
    const [ours, theirs] = [await filesOfImage(engine.docker, 'fuzz-app:1'), await filesOfImage(engine.docker, 'fuzz-other:1')];
    const differing = differences(ours, theirs);
    if (differing.some((name) => isSentEmpty(theirs.get(name))) && (await areTakenInAgain(folder, builder))) {
      demand(
        'files that are not the folder’s',
        differing.filter((name) => !isOneOf(made, ours.get(name))),
        [],
      );
      await checkLook(folder, builder, made, ours);
      return { what: 'the same but for files that docker’s command sends empty' };
    }
    if (differing.length > 0 && client.modes === 'docker-20' && (await areOfOldest(folder, builder, differing, ours))) {
      await checkLook(folder, builder, made, ours);
      return { what: 'the same but for what the oldest command takes in otherwise' };
    }
    const told = differing.map((name) => `${JSON.stringify(name)}: ${ours.get(name)} | ${theirs.get(name)}`);
    demand('the files', told, []);
    demand('steps that were not cached', second.isBuilt && second.missed, []);
    await checkLook(folder, builder, made, ours);
    return { what: 'the same' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}-config`, { recursive: true, force: true });
    for (const reference of ['fuzz-app:1', 'fuzz-other:1'])
      await engine.docker
        .getImage(reference)
        .remove({ force: true })
        .catch(() => {});
  }
}

/**
 * What docker's own command cannot send: lists with control characters, more than a busy BuildKit of 20.10 can take, and, as buildx,
 * names that begin with a "!" or a space.
 */
const knownRefusals = /PROTOCOL_ERROR|non-printable ASCII|flightcontrol|invalid UTF-8|"\/[!\s][^"]*": not found/;

/** Now and then BuildKit cancels a step before it says why the lists that came with it cannot be read (a race in BuildKit). */
const isCancelledForLists = (why: string, { ignore = [] }: MadeContext): boolean =>
  /context canceled/.test(why) && ignore.some((line) => /\p{Cc}/u.test(line));

function judgeRefusals(app: Outcome, other: Outcome, made: MadeContext): Verdict {
  const why = app.isBuilt ? '' : app.why;
  if (/engine .*(?:stopped answering|does not answer)|ECONNREFUSED/i.test(why)) throw new Error(`the engine has ended: ${why}`);
  if (why.startsWith('Something did not work')) throw new Error(`the app has no words for: ${why}`);
  const isEndless = [app, other].map((outcome) => !outcome.isBuilt && outcome.why === endless);
  if (isEndless[0] !== isEndless[1]) throw new Error(`only ${isEndless[0] ? 'the app’s' : 'docker’s'} build does not end`);
  if (!other.isBuilt && app.isBuilt) {
    // a client that does not work at all must not count as one that refuses
    if (!knownRefusals.test(other.why) && !isCancelledForLists(other.why, made))
      throw new Error(`docker’s command alone refuses: ${other.why}`);
    return { what: 'refused by docker’s command alone', why: other.why };
  }
  if (!other.isBuilt) return { what: 'refused by both', why };
  // Node's HTTP/2 loses such a line, and less than the whole list must not be accepted
  if (/control character/.test(why)) return { what: 'refused by the app alone, in words', why };
  throw new Error(`the app alone refuses: ${why}`);
}

function differences(ours: Map<string, string>, theirs: Map<string, string>): string[] {
  const all = new Set([...ours.keys(), ...theirs.keys()]);
  return [...all].filter((name) => ours.get(name) !== theirs.get(name));
}

const isSentEmpty = (facts: string | undefined): boolean => facts?.endsWith(` 0  ${hash('sha256', '').slice(0, 12)}`) ?? false;

/**
 * Whether the oldest command alone sends these: with BuildKit, a folder that is left out with all that is in it, if a `!` line could
 * mean something in it; and what lies in a folder that a `!` line takes in, where another line leaves out what is in there. It asks
 * for each path and for all folders above; newer ones hand down what was found of a folder, where such a line changed nothing.
 */
async function areOfOldest(folder: string, builder: Builder, names: string[], ours: Map<string, string>): Promise<boolean> {
  if (names.some((name) => ours.has(name))) return false;
  const exclude = await readIgnored(folder, await ignoreFileOf(folder, 'Dockerfile', builder), 'Dockerfile', builder);
  const isLeftOut = (name: string) => exclude.matches(name.replace(/^c\d+\//, '').replace(/\/$/, ''));
  return names.every((name) => (isLeftOut(name) ? name.endsWith('/') && builder === 'buildkit' : true));
}

const isOneOf = ({ entries }: MadeContext, facts = ''): boolean =>
  entries.some(({ content }) => facts.endsWith(hash('sha256', content).slice(0, 12)));

/**
 * Whether a file is taken in again by a `!` line in a folder that a later line leaves out once more. Docker's own walk has it sent;
 * but newer commands look at its path alone before they open it, find it left out, and send a file without content and no word.
 */
async function areTakenInAgain(folder: string, builder: Builder): Promise<boolean> {
  if (builder === 'classic') return false;
  const exclude = await readIgnored(folder, await ignoreFileOf(folder, 'Dockerfile', builder), 'Dockerfile', builder);
  return sentFiles(measureContext(folder, exclude, builder).root, '').some((path) => exclude.matches(path));
}

/** If a context is copied whole, its preview says exactly what arrived. */
async function checkLook(folder: string, builder: Builder, { copies, entries }: MadeContext, files: Map<string, string>): Promise<void> {
  // they are sent, but older builders copy them nowhere
  if (entries.some(({ kind }) => kind === 'pipe' || kind === 'device')) return;
  const place = copies.findIndex(({ keyword, sources }) => keyword === 'COPY' && sources.length === 1 && sources[0] === '.');
  if (place < 0) return;
  const ignoreFile = await ignoreFileOf(folder, 'Dockerfile', builder);
  const { root } = measureContext(folder, await readIgnored(folder, ignoreFile, 'Dockerfile', builder), builder);
  // the classic builder needs these two, and may take them away again
  const isOwn = (name: string) => builder === 'classic' && /^(?:Dockerfile|\.dockerignore)$/.test(name);
  const said = sentFiles(root, '').filter((name) => !isOwn(name));
  const prefix = `c${place}/`;
  const arrived = [...files.keys()]
    .filter((name) => name.startsWith(prefix) && !name.endsWith('/'))
    .map((name) => name.slice(prefix.length));
  demand('what was said to be sent', said.sort(), arrived.filter((name) => !isOwn(name)).sort());
}

const sentFiles = (folder: MeasuredFolder, path: string): string[] => [
  ...folder.files.filter(({ isLeft }) => !isLeft).map(({ name }) => text(bytesOf(path + name))),
  ...folder.folders.flatMap((below) => sentFiles(below, `${path}${below.name}/`)),
];

function demand(what: string, found: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one}, and not ${other}`);
}
