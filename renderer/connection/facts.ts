import type { GrantedPath } from '../../contract/file.ts';
import { applyFact } from './apply-fact.ts';
import { client } from './client.ts';
import { useMirror } from './mirror.ts';

/** The only subscription: main's facts come in here. When the stream ends, it starts again with a fresh snapshot. */
export async function followFacts(onFilesOpened: (files: GrantedPath[]) => void): Promise<never> {
  for (let wait = 250; ; wait = Math.min(wait * 2, 5000)) {
    try {
      for await (const fact of await client.facts()) {
        wait = 250;
        useMirror.setState((mirror) => applyFact(mirror, fact));
        if (fact.kind === 'files-opened') onFilesOpened(fact.files);
      }
    } catch (error) {
      console.debug('The stream of facts broke off, asking again', error);
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
