import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { agentAddress } from '../../../../main/features/builds/session/find-agent.ts';
import { forwardAgent } from '../../../../main/features/builds/session/forward-agent.ts';

const request = (kind: number): Buffer => Buffer.from([0, 0, 0, 1, kind]);

/** What a step is answered, and what its agent was asked. The agent sends `answers`, piece by piece, and then hangs up. */
async function talk(said: Buffer[], answers: Buffer[] = []) {
  const [ours, agent] = duplexPair();
  const heard: Buffer[] = [];
  const asked: Buffer[] = [];
  agent.on('data', (data: Buffer) => {
    asked.push(data);
    const answer = answers.shift();
    if (answer) for (const byte of answer) agent.write(Buffer.from([byte]));
    else agent.end();
  });
  async function* messages() {
    for (const data of said) yield { data };
  }
  const step = { messages, write: ({ data }: { data: Buffer }) => void heard.push(data), whenGone: () => {} };
  const problem = await forwardAgent(step, ours).catch((error: Error) => error);
  return { heard, asked, problem, isLeft: ours.destroyed };
}

const refused = request(5);

describe('a step that talks to an agent', () => {
  it('is answered in the order of its requests, and what it may not ask does not reach the agent', async () => {
    const answer = Buffer.from([0, 0, 0, 3, 12, 1, 2]);
    // RFC draft: 17 adds a key, 19 removes all, 22 locks, 27 is an extension
    const said = [11, 17, 19, 11, 22, 27, 13].map(request);
    const { heard, asked, problem, isLeft } = await talk(said, [answer, refused, answer]);
    expect(heard).toEqual([answer, refused, refused, refused, refused, refused, answer]);
    expect(asked).toEqual([11, 11, 13].map(request));
    expect([problem, isLeft]).toEqual([undefined, true]);
  });

  it('is told when the agent hangs up', async () => {
    expect(await talk([request(11)])).toMatchObject({ heard: [], problem: { message: 'the SSH agent hung up' }, isLeft: true });
  });

  it('leaves the agent when it speaks another protocol', async () => {
    const { asked, problem, isLeft } = await talk([Buffer.from('GET / HTTP/1.1\r\n')]);
    expect([asked, isLeft]).toEqual([[], true]);
    expect(problem).toMatchObject({ message: 'not an SSH agent message' });
  });

  it('lets go of an agent that waits for the person once the builder hangs up', async () => {
    const [ours] = duplexPair();
    const silent = new Promise<never>(() => {});
    let goes = () => {};
    async function* messages() {
      yield { data: request(13) };
      await silent;
    }
    const step = {
      messages,
      write: () => undefined,
      whenGone: (act: () => void) => {
        goes = act;
      },
    };
    const over = forwardAgent(step, ours);
    goes();
    await expect(over).rejects.toThrow();
    expect(ours.destroyed).toBe(true);
  });
});

it.each([
  ['linux', '/run/agent', '/run/agent'],
  ['darwin', '', undefined],
  ['linux', undefined, undefined],
  ['win32', undefined, '\\\\.\\pipe\\openssh-ssh-agent'],
  ['win32', '/tmp/ssh-abc/agent.1', '\\\\.\\pipe\\openssh-ssh-agent'],
  ['win32', '\\\\.\\pipe\\other', '\\\\.\\pipe\\other'],
  ['win32', '//./pipe/other', '//./pipe/other'],
] as const)('on %s with SSH_AUTH_SOCK %j the agent is at %j', (platform, named, address) => {
  expect(agentAddress(platform, { SSH_AUTH_SOCK: named })).toBe(address);
});
