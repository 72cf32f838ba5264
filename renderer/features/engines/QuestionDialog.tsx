import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { EngineQuestion } from '../../../contract/engine.ts';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import field from '../../ui/CheckedField.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import select from '../../ui/SelectField.module.css';
import { questionWords } from './question-words.ts';

/** What the way to an engine asks. The answer goes to main at once and stays nowhere. */
export function QuestionDialog({ question }: { question: EngineQuestion }) {
  const [text, setText] = useState('');
  const [isSent, setSent] = useState(false);
  const { title, lead, field: label, action, cancel } = questionWords(question);
  const answer = (said: string | null) => {
    setSent(true);
    void attempt(() => client.engine.answer({ question: question.id, answer: said }));
  };
  return (
    <Dialog
      title={title}
      lead={lead}
      onClose={() => answer(null)}
      action={action}
      disabled={isSent || (label !== undefined && text === '')}
      onAct={() => answer(text)}
      careful={label === undefined}
      cancel={cancel}
      size={580}
      note={label === undefined ? undefined : 'Layerdeck passes it on to SSH and keeps it nowhere.'}
    >
      <Body question={question} />
      {label !== undefined && (
        <PasswordInput
          label={label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={question.isAgain && text === '' ? 'That wasn’t the right one.' : undefined}
          autoComplete="off"
          maxLength={2000}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          classNames={{ input: field.password, label: select.label, error: field.error }}
        />
      )}
    </Dialog>
  );
}

function Body({ question }: { question: EngineQuestion }) {
  switch (question.kind) {
    case 'host-key':
      return (
        <>
          <Facts
            rows={[
              { name: 'Computer', value: <PlainText text={question.host} />, mono: true },
              { name: 'Fingerprint', value: <PlainText text={question.fingerprint} />, mono: true },
              { name: 'Kind of key', value: question.keyKind },
              ...(question.others ? [{ name: 'Known as', value: <PlainText text={question.others.join(', ')} />, mono: true }] : []),
            ]}
            wide
          />
          <p className="t2">
            Ask whoever runs that computer for the fingerprint of its key, and compare. If it is another one, somebody may stand between the
            two computers and read everything.
          </p>
        </>
      );
    case 'passphrase':
      return <Facts rows={[{ name: 'Key', value: <PlainText text={question.key} />, mono: true }]} wide />;
    case 'password':
      return null;
    default:
      return (
        <p>
          <PlainText text={question.text} keepBreaks />
        </p>
      );
  }
}
