import type { EngineQuestion } from '../../../contract/engine.ts';

/** What a question is called, and what a person can do about it. With `field`, something has to be typed. */
type Words = { title: string; lead: string; field?: string; action?: string; cancel: string };

export function questionWords(question: EngineQuestion): Words {
  const lead = `For the engine at ${question.engine}`;
  const cancel = 'Don’t connect';
  switch (question.kind) {
    case 'host-key':
      return {
        title: 'Is this the right computer?',
        lead: `${lead}, which this computer doesn’t know yet`,
        action: 'It is, connect',
        cancel,
      };
    case 'passphrase':
      return { title: 'SSH needs the passphrase of your key', lead, field: 'Passphrase', action: 'Connect', cancel };
    case 'password':
      return { title: `SSH needs the password of ${question.owner}`, lead, field: 'Password', action: 'Connect', cancel };
    case 'secret':
      return { title: 'SSH asks for something', lead, field: 'Answer', action: 'Connect', cancel };
    case 'confirm':
      return { title: 'SSH asks whether it may go on', lead, action: 'It may', cancel };
    case 'notice':
      return { title: 'SSH waits for you', lead: `${lead}. If your key is a device, touch it.`, cancel };
  }
}
