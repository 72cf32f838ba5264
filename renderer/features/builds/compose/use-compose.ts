import { useState } from 'react';
import type { ComposeProject } from '../../../../contract/compose.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { GrantedPath } from '../../../../contract/file.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';

export type Compose = {
  /** What the folder's Compose files say; null if they say nothing of builds, undefined until that is known. */
  project?: ComposeProject | null;
  failure?: Failure;
  isAsking: boolean;
  /** Values for variables, by name. */
  variables: Record<string, string>;
  setVariables(variables: Record<string, string>): void;
  /** Lets builds reach one more folder. */
  reach(folder: GrantedPath): void;
};

type Told = { folder: string; also: string[]; variables: Record<string, string> };

/** Asks what a folder's Compose files say of builds. The answer before stays until the next one is there. */
export function useCompose(folder: GrantedPath | undefined): Compose {
  const [told, setTold] = useState<Told>();
  const [last, setLast] = useState<{ folder: string; project: ComposeProject | null }>();
  // what was told of one project says nothing of another
  const { also, variables } = told && told.folder === folder?.grant ? told : nothing;
  const { answer, failure, isAsking } = useAsked(
    folder && JSON.stringify([folder.grant, also, variables]),
    (signal) => client.build.inspectCompose({ folder: folder?.grant ?? '', also, variables }, { signal }),
    { pause: Object.keys(variables).length > 0 ? 300 : 0 },
  );
  if (folder && answer !== undefined && last?.project !== answer) setLast({ folder: folder.grant, project: answer });
  const before = last && last.folder === folder?.grant ? last.project : undefined;
  const tell = (more: Partial<Told>) => folder && setTold({ folder: folder.grant, also, variables, ...more });
  return {
    project: answer ?? before,
    failure,
    isAsking,
    variables,
    setVariables: (given) => tell({ variables: given }),
    reach: ({ grant }) => tell({ also: [...also, grant].slice(-20) }),
  };
}

const nothing: Pick<Told, 'also' | 'variables'> = { also: [], variables: {} };
