import type { StepCause } from '../../../contract/explanation.ts';
import type { Change, IsRight } from './changes.ts';
import { onlyFiles } from './file-changes.ts';
import type { Project } from './project.ts';

const own: StepCause['kind'][] = ['instruction-changed', 'instruction-new', 'instruction-removed'];

/** Causes about a line with these words; a COPY of everything also sees the Dockerfile itself. */
const aboutLine =
  (...words: string[]): IsRight =>
  (cause, step) =>
    (own.includes(cause.kind) && words.some((word) => (cause.kind === 'instruction-new' ? step : JSON.stringify(cause)).includes(word))) ||
    onlyFiles(['Dockerfile'], 'content')(cause, step);

const either =
  (...all: IsRight[]): IsRight =>
  (cause, step) =>
    all.some((one) => one(cause, step));

const argument =
  (name: string): IsRight =>
  (cause) =>
    cause.kind === 'arg-changed' && cause.name === name;

const onlyDockerfile = onlyFiles(['Dockerfile'], 'content');

/** Changes one of the lines of a kind; nothing if there is none. */
const edit =
  (which: RegExp, to: (line: string) => string, right: (line: string, now: string) => IsRight): Change =>
  (project, pick) => {
    const places = project.lines.flatMap((line, place) => (which.test(line) ? [place] : []));
    const place = places[pick(places.length)];
    const line = place === undefined ? undefined : project.lines[place];
    if (place === undefined || line === undefined) return undefined;
    const now = to(line);
    return { project: { ...project, lines: project.lines.with(place, now) }, isRight: right(line, now) };
  };

const lastStage = ({ lines }: Project): number => lines.findLastIndex((line) => line.startsWith('FROM'));

const insert =
  (line: string, right: IsRight, where: (project: Project, pick: (count: number) => number) => number): Change =>
  (project, pick) => ({ project: { ...project, lines: project.lines.toSpliced(where(project, pick), 0, line) }, isRight: right });

// after the lines that every project has, so that it is in the last stage
const anywhere = (project: Project, pick: (count: number) => number): number => {
  const from = lastStage(project) + 3;
  return from + pick(project.lines.length - from + 1);
};

const remove =
  (which: RegExp, right: (line: string) => IsRight): Change =>
  (project, pick) => {
    const places = project.lines.flatMap((line, place) => (which.test(line) ? [place] : []));
    const place = places[pick(places.length)];
    const line = place === undefined ? undefined : project.lines[place];
    if (place === undefined || line === undefined) return undefined;
    return { project: { ...project, lines: project.lines.toSpliced(place, 1) }, isRight: right(line) };
  };

/** Moves one line by one place, or all the way. */
const move =
  (which: RegExp, by: (place: number, project: Project) => number, right: (line: string, neighbours: string[]) => IsRight): Change =>
  (project, pick) => {
    const first = lastStage(project) + 1;
    const places = project.lines.flatMap((line, place) => (place >= first && which.test(line) ? [place] : []));
    const place = places[pick(places.length)];
    if (place === undefined) return undefined;
    const to = Math.min(Math.max(by(place, project), first), project.lines.length - 1);
    const line = project.lines[place] as string;
    if (to === place) return undefined;
    const passed = project.lines.slice(Math.min(place, to), Math.max(place, to) + 1).filter((one) => one !== line);
    return { project: { ...project, lines: project.lines.toSpliced(place, 1).toSpliced(to, 0, line) }, isRight: right(line, passed) };
  };

const nameOf = (line: string): string => /^ARG (\w+)/.exec(line)?.[1] ?? '';
/** Lines that take their value from the argument that every project has. */
const takers = ['ENV F'];
export const aboutArgument = (line: string): IsRight => either(aboutLine(line, nameOf(line), ...takers), argument(nameOf(line)));

/** What may happen to the lines of a Dockerfile. */
export const lineChanges: Record<string, Change> = {
  'a RUN’s words': edit(
    /^RUN/,
    (line) => line.replace('echo', 'echo other'),
    (line, now) => aboutLine(line, now),
  ),
  'a space in a RUN': edit(
    /^RUN/,
    (line) => line.replace('echo ', 'echo  '),
    (line, now) => aboutLine(line, now),
  ),
  'a RUN in capitals': edit(
    /^RUN/,
    (line) => line.replace('RUN', 'run'),
    () => onlyDockerfile,
  ),
  'a RUN over two lines': edit(
    /^RUN/,
    (line) => line.replace(' > ', ' \\\n > '),
    (line, now) => aboutLine(line, now, 'echo'),
  ),
  'a space after a COPY': edit(
    /^COPY [^[]/,
    (line) => line.replace('COPY ', 'COPY  '),
    () => onlyDockerfile,
  ),
  'where a COPY goes': edit(
    /^COPY(?! --from).* \/c/,
    (line) => line.replace('/c', '/x'),
    (line, now) => aboutLine(line, now, '/x'),
  ),
  'a COPY’s owner': edit(
    /^COPY other/,
    (line) => line.replace('COPY', 'COPY --chown=1:1'),
    (line, now) => aboutLine(line, now),
  ),
  'an ADD for a COPY': edit(
    /^COPY other/,
    (line) => line.replace('COPY', 'ADD'),
    (line, now) => aboutLine(line, now),
  ),
  'an ENV’s value': edit(
    /^ENV E/,
    (line) => `${line}x`,
    (line, now) => aboutLine(line, now),
  ),
  'the first ENV’s value': edit(
    /^ENV MARK/,
    (line) => `${line}x`,
    () => aboutLine('ENV MARK'),
  ),
  'an ARG’s default': edit(/^ARG/, (line) => `${line}x`, aboutArgument),
  'an ARG without its default': edit(/^ARG/, (line) => line.replace(/=.*/, ''), aboutArgument),
  'a WORKDIR': edit(
    /^WORKDIR/,
    (line) => `${line}x`,
    (line, now) => aboutLine(line, now),
  ),
  'a USER': edit(
    /^USER/,
    () => 'USER 0:0',
    () => aboutLine('USER 0'),
  ),
  'a LABEL': edit(
    /^LABEL/,
    (line) => `${line}x`,
    (line, now) => aboutLine(line, now),
  ),
  'a CMD': edit(
    /^CMD/,
    (line) => line.replace('c', 'x'),
    (line, now) => aboutLine(line, now),
  ),
  'a stage’s name': edit(
    /^FROM/,
    (line) => line.replace(/( AS made)?$/, ' AS named'),
    () => either(onlyDockerfile, ({ kind }) => kind === 'other-stage'),
  ),
  'a comment more': insert('# a comment', onlyDockerfile, anywhere),
  'an empty line more': insert('', onlyDockerfile, anywhere),
  'a RUN more': insert('RUN echo new > /new', aboutLine('echo new'), anywhere),
  'a COPY more': insert('COPY other.txt /new/', aboutLine('/new/'), anywhere),
  'an ENV more': insert('ENV NEW=1', aboutLine('ENV NEW=1'), anywhere),
  'an ARG more': insert('ARG NEW=1', either(aboutLine('ARG NEW=1'), argument('NEW')), anywhere),
  'an ARG without a value more': insert('ARG NEW', either(aboutLine('ARG NEW'), argument('NEW')), anywhere),
  'a USER more': insert('USER 0:0', aboutLine('USER 0:0'), anywhere),
  'a SHELL more': insert('SHELL ["/bin/sh", "-ec"]', aboutLine('SHELL'), anywhere),
  'a LABEL more': insert('LABEL new=1', aboutLine('LABEL new=1'), anywhere),
  'a RUN less': remove(/^RUN echo w\d /, (line) => aboutLine(line)),
  'a COPY less': remove(/^COPY(?! --from).* \/c/, (line) => aboutLine(line)),
  'an ENV less': remove(/^ENV E/, (line) => aboutLine(line)),
  'an ARG less': remove(/^ARG/, aboutArgument),
  'a line one up': move(
    /^(?!FROM|ARG|ENV MARK)/,
    (place) => place - 1,
    (line, passed) => aboutLine(line, ...passed),
  ),
  'an ARG moved up': move(/^ARG A[1-9]/, (place) => place - 2, aboutArgument),
  'an ARG moved down': move(/^ARG/, (place) => place + 2, aboutArgument),
  'a stage put first': (project) => ({
    project: { ...project, lines: ['FROM it-one-base', 'RUN echo new > /new', ...project.lines] },
    isRight: (cause, step) => aboutLine('echo new')(cause, step) || cause.kind === 'other-stage',
  }),
};
