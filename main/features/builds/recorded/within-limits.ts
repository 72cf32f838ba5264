import type { StatusResponse } from '../../../foundation/buildkit/protocols.ts';
import { damaged, excessiveRecord, type RefusedArchive } from '../../../foundation/formats/refused-archive.ts';
import { isShowable, type Timestamp } from '../../../foundation/formats/timestamp.ts';

/** The most steps of one build; the largest known ones have some hundred. */
const mostSteps = 5000;
/** The most characters of a step's name or error, which may quote a whole script. */
const longestText = 256 * 1024;
/** The most characters of a step's id, which is a digest. */
const longestId = 200;
/** The most characters of all that messages say of steps: names, errors and what each needs. */
const mostDescribed = 16 * 1024 * 1024;
/** The most times that a step, or what one needs, is looked at: each message that tells of some is folded into all. */
const mostWork = 40_000_000;

/** What a build told in a file that anybody may have made. Throws a refusal before it takes more memory or time than an honest one. */
export async function* withinLimits(statuses: AsyncIterable<StatusResponse>): AsyncGenerator<StatusResponse> {
  const steps = new Set<string>();
  let described = 0;
  let edges = 0;
  let work = 0;
  for await (const status of statuses) {
    const { vertexes, logs } = status;
    for (const id of [
      ...vertexes.map(({ digest }) => digest),
      ...logs.map(({ vertex }) => vertex),
      ...status.statuses.map(({ vertex }) => vertex),
    ]) {
      if (id.length > longestId || !id.includes(':')) throw damaged('a step has an impossible id');
      steps.add(id);
    }
    if (steps.size > mostSteps) throw excessiveRecord(`a build has more than ${mostSteps.toLocaleString('en')} steps`);
    described += vertexes.reduce((sum, vertex) => sum + lengthOf(vertex), 0);
    edges += vertexes.reduce((sum, { inputs }) => sum + inputs.length, 0);
    if (vertexes.length + status.statuses.length > 0) work += steps.size + edges;
    if (described > mostDescribed || work > mostWork) throw excessiveRecord('a build says more of its steps than can be read');
    for (const vertex of vertexes) {
      const problem = problemOf(vertex);
      if (problem) throw problem;
    }
    yield status;
  }
}

type Vertex = StatusResponse['vertexes'][number];

const lengthOf = ({ name, error, inputs }: Vertex): number =>
  inputs.reduce((sum, input) => sum + input.length + 1, name.length + error.length);

function problemOf({ name, error, started, completed }: Vertex): RefusedArchive | undefined {
  if (Math.max(name.length, error.length) > longestText) return excessiveRecord('the text of a step is longer than any script');
  const isPossible = (time: Timestamp | undefined) => !time || isShowable(time);
  return isPossible(started) && isPossible(completed) ? undefined : damaged('a step began or ended at an impossible time');
}
