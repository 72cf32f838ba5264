import { posix } from 'node:path';
import { type Copy, DockerfileParser, type Run } from 'dockerfile-ast';

/** Paths of the context that a Dockerfile names itself, without those that stand for all of it. */
export function copiedSources(dockerfile: string): string[] {
  const named = DockerfileParser.parse(dockerfile)
    .getInstructions()
    .flatMap((instruction) => {
      const keyword = instruction.getKeyword();
      if (keyword === 'COPY' || keyword === 'ADD') return sourcesOf(instruction as Copy);
      return keyword === 'RUN' ? mountedSources(instruction as Run) : [];
    });
  const clean = named.map((path) => posix.normalize(path.replace(/^\/+/, '') || '.').replace(/\/$/, ''));
  return [...new Set(clean)].filter((path) => path !== '.' && path !== '*');
}

/** What a COPY or ADD takes from the context; nothing where it takes from another stage. */
export function sourcesOf(copy: Copy): string[] {
  if (copy.getFlags().some((flag) => flag.getName() === 'from')) return [];
  const strings = copy.getJSONStrings().map((text) => text.getJSONValue());
  const words = strings.length > 0 ? strings : copy.getArguments().map((word) => word.getValue());
  return words.slice(0, -1).filter((word) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(word) && !word.startsWith('<<'));
}

const mountedSources = (run: Run): string[] =>
  run
    .getFlags()
    .filter((flag) => flag.getName() === 'mount')
    .flatMap((flag) => {
      const value = flag.getValue() ?? '';
      return /(?:^|,)from=/.test(value) ? [] : (/(?:^|,)(?:source|src)=([^,]+)/.exec(value)?.[1] ?? []);
    });
