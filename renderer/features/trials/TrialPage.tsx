import { Button, Radio, Tabs } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Trial } from '../../../contract/trial.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { BackButton } from '../../desk/BackButton.tsx';
import { copyText } from '../../desk/copy-text.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { formatRoute, openPage } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { bytes, dateAndTime, grouped } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Warning } from '../../ui/Warning.tsx';
import { SavedNote } from './SavedNote.tsx';
import { TrialActs } from './TrialActs.tsx';
import { TrialChanges, useChanges } from './TrialChanges.tsx';
import { TrialLog } from './TrialLog.tsx';
import c from './Trials.module.css';
import { endWords, portWords, stateWords } from './trial-words.ts';

/** One image that is tried: where it answers, what it says, and what it was started with. */
export function TrialPage({ id }: { id: string }) {
  const trial = useMirror((mirror) => mirror.trials.find(({ containerId }) => containerId === id));
  if (!trial) {
    return (
      <EmptyState
        isPage
        title="This container is gone"
        actions={<Button onClick={() => openPage({ page: 'trials' })}>Show what runs</Button>}
      >
        It was removed, or another engine is in use now. What isn’t to keep running goes when Layerdeck closes.
      </EmptyState>
    );
  }
  return (
    <div className="page">
      <PageHead
        before={<BackButton label="Back to what runs" otherwise={{ page: 'trials' }} />}
        title={`Trying ${trial.image}`}
        summary={<StateLine trial={trial} />}
      >
        <TrialActs trial={trial} />
      </PageHead>
      <div className={c.panes}>
        <div className={c.main}>
          <Where trial={trial} />
          <SavedNote container={id} />
          <TrialTabs trial={trial} />
        </div>
        <TrialFacts trial={trial} />
      </div>
    </div>
  );
}

export function StateLine({ trial }: { trial: Trial }) {
  const now = useNow(trial.state === 'running' ? 1000 : undefined);
  return (
    <span className="row">
      <span className={c.dot} data-state={trial.state} />
      {stateWords(trial, now)}
      {/* spoken when it changes, and not with every second */}
      <span className="hidden" role="status">
        {trial.state === 'running' ? 'Running' : stateWords(trial, 0)}
      </span>
    </span>
  );
}

/** What it says, and what it changed. */
function TrialTabs({ trial }: { trial: Trial }) {
  const asked = useChanges(trial);
  const number = asked.answer?.changes.filter(({ byEngine }) => !byEngine).length ?? 0;
  return (
    <Tabs defaultValue="log" className={c.tabs} keepMounted={false}>
      <Tabs.List className={c.tabList}>
        <Tabs.Tab value="log">Log</Tabs.Tab>
        <Tabs.Tab value="changes">
          What it changed {number > 0 && <span className="t3 num">{grouped(number + (asked.answer?.omitted ?? 0))}</span>}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="log" className={c.panel}>
        <TrialLog trial={trial} />
      </Tabs.Panel>
      <Tabs.Panel value="changes" className={c.panel}>
        <TrialChanges trial={trial} asked={asked} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Where it answers, or how it ended. */
function Where({ trial }: { trial: Trial }) {
  const { end, endedAt, ports, answering, state, isOpen } = trial;
  if (state === 'ended' && end) {
    const { title, detail } = endWords(end);
    return (
      <div className={c.where}>
        <Notice tone={end.code === 0 ? 'quiet' : 'warn'} title={title}>
          <p>{detail}</p>
          {endedAt !== undefined && <p className="sm t2">{dateAndTime(endedAt)}</p>}
        </Notice>
      </div>
    );
  }
  const pages = ports.filter(({ protocol }) => protocol === 'tcp');
  if (pages.length === 0 || state !== 'running') return null;
  return (
    <ul className={c.where} aria-label="Where it answers">
      {pages.map(({ here }) => (
        <li key={here} className={c.address} data-ready={answering.includes(here) || undefined}>
          {answering.includes(here) ? <Answering trial={trial} port={here} isOpen={isOpen} /> : <Waiting port={here} />}
        </li>
      ))}
    </ul>
  );
}

function Answering({ trial, port, isOpen }: { trial: Trial; port: number; isOpen: boolean }) {
  const address = `localhost:${port}`;
  return (
    <>
      <div className="grow">
        <button
          type="button"
          className={c.link}
          onClick={() => void attempt(() => client.trials.open({ container: trial.containerId, port }))}
        >
          Open {address} <IconExternalLink size={18} stroke={1.7} aria-hidden />
        </button>
        <p className="sm t2">{isOpen ? <Warning>{portWords({ isOpen })}</Warning> : portWords({ isOpen })}</p>
      </div>
      <CopyButton label={`Copy ${address}`} copy={() => copyText(`http://${address}`)} />
    </>
  );
}

const Waiting = ({ port }: { port: number }) => (
  <p className="row t2" role="status">
    <Ring size={14} /> Nothing answers at localhost:{port} yet
  </p>
);

function TrialFacts({ trial }: { trial: Trial }) {
  const { containerId, imageId, image, name, ports, variables, folder, memory, command, stays } = trial;
  return (
    <aside className={`scroll ${c.facts}`} aria-label="What it was started with">
      <Fact name="Image">
        <a href={formatRoute({ page: 'image', id: imageId })} className={c.image}>
          {image}
        </a>
      </Fact>
      <Fact name="Container">
        <span className="mono">{name}</span>
      </Fact>
      {ports.length > 0 && (
        <Fact name={ports.length === 1 ? 'Port' : 'Ports'}>
          {ports.map(({ inside, here, protocol }) => (
            <div key={`${inside} ${protocol}`} className="num">
              <b>{here}</b> here → <b>{inside}</b> inside{protocol === 'udp' ? ', UDP' : ''}
            </div>
          ))}
        </Fact>
      )}
      {variables.length > 0 && (
        <Fact name="Environment">
          {variables.map((variable) => (
            <div key={variable} className="mono cut">
              {variable}
            </div>
          ))}
        </Fact>
      )}
      {folder && (
        <Fact name="Folder">
          <div className="cut" title={folder.path}>
            {folder.path}
          </div>
          <div className="sm t2">
            It sees this as <span className="mono">{folder.inside}</span> and may {folder.mayWrite ? 'write' : 'only read'}
          </div>
        </Fact>
      )}
      {command.length > 0 && (
        <Fact name="Command">
          <span className={`mono ${c.command}`}>{command.join(' ')}</span>
        </Fact>
      )}
      <Fact name="Memory">{memory === undefined ? 'As much as there is' : `${bytes(memory)} at most`}</Fact>
      <Fact name="How long it runs">
        <Radio.Group
          aria-label="How long it runs"
          value={stays ? 'stays' : 'closes'}
          onChange={(value) => void attempt(() => client.trials.keep({ container: containerId, stays: value === 'stays' }))}
        >
          <Radio value="closes" label="Until I close it" description="It is removed when Layerdeck closes" mt={6} />
          <Radio value="stays" label="Keep running" description="Also after a restart of this computer" mt={8} />
        </Radio.Group>
      </Fact>
    </aside>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <h2 className={c.factName}>{name}</h2>
    <div className={c.fact}>{children}</div>
  </div>
);
