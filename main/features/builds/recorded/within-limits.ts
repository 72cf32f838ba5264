import type { StatusResponse } from '../../../foundation/buildkit/protocols.ts';
import { damaged, excessiveRecord } from '../../../foundation/formats/refused-archive.ts';
import type { Timestamp } from '../../../foundation/formats/timestamp.ts';

/** The most steps of one build; the largest known ones have some hundred. */
const mostSteps = 5000;
/** The most characters of all that messages say of steps: names, errors and what each needs. */
const mostDescribed = 64 * 1024 * 1024;
/** The most times that a step is looked at: each message that tells of some is folded into all. */
const mostWork = 40_000_000;
/** The last moment of the year 9999: a date beyond it can't be shown. */
const lastSecond = 253_402_300_799;

/** What a build told in a file that anybody may have made. Throws a refusal before it takes more memory or time than an honest one. */
export async function* withinLimits(statuses: AsyncIterable<StatusResponse>): AsyncGenerator<StatusResponse> {
  const steps = new Set<string>();
  let described = 0;
  let work = 0;
  for await (const status of statuses) {
    const { vertexes, logs } = status;
    for (const { digest } of vertexes) steps.add(digest);
    for (const { vertex } of logs) steps.add(vertex);
    if (steps.size > mostSteps) throw excessiveRecord(`a build has more than ${mostSteps.toLocaleString('en')} steps`);
    described += vertexes.reduce((sum, vertex) => sum + lengthOf(vertex), 0);
    work += vertexes.length + status.statuses.length > 0 ? steps.size : 0;
    if (described > mostDescribed || work > mostWork) throw excessiveRecord('a build says more of its steps than can be read');
    if (vertexes.some(({ started, completed }) => !isMoment(started) || !isMoment(completed)))
      throw damaged('a step began or ended at an impossible time');
    yield status;
  }
}

const lengthOf = ({ name, error, inputs }: StatusResponse['vertexes'][number]): number =>
  inputs.reduce((sum, input) => sum + input.length, name.length + error.length);

const isMoment = (time: Timestamp | undefined): boolean => !time || (time.seconds >= 0 && time.seconds <= lastSecond);
