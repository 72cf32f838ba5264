import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { openPage } from '../../desk/navigation.ts';
import { count } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';

/** Takes the builds of files with build records into the list, and shows them; says which were there already. */
export async function addRecords(files: string[]): Promise<void> {
  const added = (await Promise.all(files.map((file) => attempt(() => client.build.addRecords({ file }))))).flatMap(
    (builds) => builds ?? [],
  );
  const [first] = added;
  if (!first) return;
  openPage(added.length === 1 ? { page: 'build', id: first.id } : { page: 'builds' });
  const present = added.filter(({ isNew }) => !isNew).length;
  if (present === 0) return;
  notify(presentWords(present, added.length), present === 1 ? 'It isn’t added a second time.' : 'They aren’t added a second time.');
}

function presentWords(present: number, all: number): string {
  if (all === 1) return 'This build is already in your list';
  const verb = present === 1 ? 'is' : 'are';
  return `${present === all ? `These ${count(all, 'build')}` : `${present} of these ${count(all, 'build')}`} ${verb} already in your list`;
}
