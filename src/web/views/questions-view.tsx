import type { Visitor } from '../visitor.ts';
import { Part } from './part.tsx';
import { QuestionCard } from './question-card.tsx';
import type { RunSight } from './run-sight.ts';

interface QuestionsProps {
  readonly sight: RunSight;
  /** Null where nobody can answer: in a report. */
  readonly visitor: Visitor | null;
}

/** With more the views would be out of sight. */
const UNFOLDED = 4;

/** What waits for a person, what failed first. */
export function QuestionsView({ sight, visitor }: QuestionsProps) {
  const urgent = sight.run.questions.toSorted(
    (one, other) => Number(other.about === 'stuck') - Number(one.about === 'stuck'),
  );
  return (
    <section id="questions" class="questions" aria-label="Questions" aria-live="polite">
      {urgent.map((question, at) => (
        <Part id={`question-${question.id}`}>
          <QuestionCard question={question} sight={sight} visitor={visitor} isFolded={at >= UNFOLDED} />
        </Part>
      ))}
    </section>
  );
}
