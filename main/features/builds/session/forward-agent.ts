import type { Duplex } from 'node:stream';
import { agentMessages, mayBeAsked, refusal } from './agent-messages.ts';

/** The build step's side of a conversation with the agent. */
export type StepSide = {
  messages(): AsyncIterable<{ data: Buffer }>;
  write(message: { data: Buffer }): Promise<void> | undefined;
  /** Calls `act` when the builder is gone: the agent may still be waiting for the person. */
  whenGone(act: () => void): void;
};

/** Lets a step talk to the agent, one request at a time, until either hangs up. Keys never leave the agent, which signs by itself. */
export async function forwardAgent(step: StepSide, agent: Duplex): Promise<void> {
  step.whenGone(() => agent.destroy());
  const answers = agentMessages(agent);
  try {
    for await (const request of agentMessages(dataOf(step.messages()))) {
      await step.write({ data: mayBeAsked(request) ? await ask(agent, answers, request) : refusal });
    }
  } finally {
    agent.destroy();
  }
}

async function ask(agent: Duplex, answers: AsyncGenerator<Buffer, undefined>, request: Buffer): Promise<Buffer> {
  agent.write(request);
  const { value } = await answers.next();
  if (!value) throw new Error('the SSH agent hung up');
  return value;
}

async function* dataOf(messages: AsyncIterable<{ data: Buffer }>): AsyncGenerator<Buffer> {
  for await (const { data } of messages) yield data;
}
