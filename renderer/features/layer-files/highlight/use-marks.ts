import { useEffect, useState } from 'react';
import { languageOf } from './language-of.ts';
import type { Marks, ShownLine } from './mark-text.ts';

/** Milliseconds after which a text stays as it is: one was made to take for ever, or is too much. */
const givenUpAfter = 5000;

/** Where the parts of a text are in its language, once they are found; undefined until then, and if its language isn't known. */
export function useMarks(path: string, lines: readonly { number?: number; text: string }[]): Marks | undefined {
  const [found, setFound] = useState<{ of: typeof lines; marks: Marks }>();
  useEffect(() => {
    const language = languageOf(path, lines[0]?.text ?? '');
    if (language === undefined || lines.length === 0) return;
    const worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
    const end = setTimeout(() => worker.terminate(), givenUpAfter);
    worker.onmessage = ({ data }: MessageEvent<Marks>) => {
      setFound({ of: lines, marks: data });
      worker.terminate();
    };
    worker.postMessage({ language, lines: lines.map(({ number, text }): ShownLine => ({ text, goesOn: number === undefined })) });
    return () => {
      clearTimeout(end);
      worker.terminate();
    };
  }, [path, lines]);
  return found?.of === lines ? found.marks : undefined;
}
