import { notifications } from '@mantine/notifications';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { openPage } from '../../desk/navigation.ts';
import { count } from '../../ui/format.ts';

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
  notifications.show({
    title: present === 1 ? 'This build is already in your list' : `${count(present, 'build')} are already in your list`,
    message: added.length === 1 ? 'Layerdeck shows the one that is there.' : 'They aren’t added a second time.',
    role: 'status',
  });
}
