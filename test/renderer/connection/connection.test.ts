import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../contract/fact.ts';
import type { GrantedPath } from '../../../contract/file.ts';
import type { Task } from '../../../contract/task.ts';
import { applyFact } from '../../../renderer/connection/apply-fact.ts';
import { emptyMirror } from '../../../renderer/connection/mirror.ts';
import { describeName, describeSource } from '../../../renderer/desk/describe-reference.ts';
import { dialogForFiles } from '../../../renderer/desk/dialogs.ts';
import { registryOf, splitReference } from '../../../renderer/desk/image-name.ts';

describe('applyFact', () => {
  const task = (id: string, state: Task['state']) => ({ id, state }) as Task;
  const mirrored = (facts: Fact[]) => facts.reduce(applyFact, emptyMirror);

  it('puts a known task in its place and a new one at the end', () => {
    const facts = [task('a', 'running'), task('b', 'queued'), task('a', 'failed')].map((one): Fact => ({ kind: 'task', task: one }));
    expect(mirrored(facts).tasks).toEqual([task('a', 'failed'), task('b', 'queued')]);
  });

  it('forgets a dismissed task', () => {
    expect(
      mirrored([
        { kind: 'task', task: task('a', 'failed') },
        { kind: 'task-dismissed', id: 'a' },
      ]).tasks,
    ).toEqual([]);
  });

  it('lets a snapshot replace everything, even if it has no images', () => {
    const { arrived: _, images: __, ...snapshot } = emptyMirror;
    const mirror = mirrored([
      { kind: 'images', images: { images: [] } },
      { kind: 'task', task: task('a', 'failed') },
      { kind: 'snapshot', snapshot },
    ]);
    expect(mirror).toEqual({ ...emptyMirror, arrived: true });
  });
});

describe('dropped files', () => {
  const file = (kind: GrantedPath['kind']): GrantedPath => ({ grant: kind, name: kind, path: `/${kind}`, size: 0, kind });

  it('asks before loading, and names what can’t be loaded', () => {
    const dialog = dialogForFiles([file('tarball'), file('other'), file('folder')]);
    expect(dialog).toMatchObject({ name: 'load', files: [{ kind: 'tarball' }], refused: [{ kind: 'folder' }, { kind: 'other' }] });
  });

  it('builds from a folder, refuses the rest, and does nothing with nothing', () => {
    expect(dialogForFiles([file('folder')])).toMatchObject({ name: 'build', left: [] });
    const left = [file('folder'), file('other')];
    expect(dialogForFiles([file('folder'), ...left])).toMatchObject({ name: 'build', left });
    expect(dialogForFiles([file('other')])).toMatchObject({ name: 'refused' });
    expect(dialogForFiles([])).toBeUndefined();
  });
});

describe('names', () => {
  it('knows a port from a tag', () => {
    expect(splitReference('localhost:5000/app')).toEqual({ repository: 'localhost:5000/app', tag: '' });
    expect(splitReference('localhost:5000/app:1')).toEqual({ repository: 'localhost:5000/app', tag: '1' });
  });

  it('knows where a name goes', () => {
    expect(registryOf('app:1')).toBe('docker.io');
    expect(registryOf('ghcr.io/a/b')).toBe('ghcr.io');
  });

  it('explains what was left out', () => {
    expect(describeName('app')).toBe('“app” with the tag “latest”, added because you named none.');
    expect(describeSource('nginx')).toContain('Docker Hub (docker.io)');
    expect(describeSource('ghcr.io/a/b:2')).toBe('From the registry ghcr.io: the tag “2”.');
    expect(describeSource('NOT ok')).toBeUndefined();
  });
});
