import { useMirror } from '../connection/mirror.ts';
import { QuestionDialog } from '../features/engines/QuestionDialog.tsx';

/** What ways to engines ask, one after the other, above whatever else is open. */
export function Questions() {
  const [question] = useMirror((mirror) => mirror.questions);
  return question && <QuestionDialog key={question.id} question={question} />;
}
