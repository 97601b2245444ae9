import type { Plan } from '../../../workflows/contract.ts';
import { counted } from '../../present/measures.ts';
import type { SiteExamination } from '../../site-file.ts';
import { Layout } from '../pages/layout.tsx';
import { Refused } from '../pages/refused.tsx';
import { refusalFor, type Visitor } from '../visitor.ts';
import { PlanView } from '../views/plan-view.tsx';
import { FaultsBesideLines } from './faults-beside-lines.tsx';

export interface NewRunProps {
  readonly visitor: Visitor;
  /** Paths of files that can be picked. */
  readonly known: readonly string[];
  /** The one that was picked; empty where none was. */
  readonly picked: string;
  readonly text: string;
  /** Null before anybody looked at the text. */
  readonly examined: SiteExamination | null;
  readonly plan: Plan | null;
  /** Why it was not started. */
  readonly refused: string | null;
}

/** Where a run begins: a site file, its faults beside their lines, its plan. */
export function NewRunPage(props: NewRunProps) {
  const { visitor, known, picked, examined, plan, text, refused } = props;
  return (
    <Layout title="New run" visitor={visitor}>
      <h1 class="plain">New run</h1>
      <Refused why={refused} />
      <form method="get" action="/new" class="search">
        <label for="file">Site file</label>
        <select id="file" name="file">
          <option value="">a new one</option>
          {known.map((path) => (
            <option value={path} selected={path === picked}>
              {path}
            </option>
          ))}
        </select>
        <button type="submit">Take it</button>
      </form>
      <SiteForm visitor={visitor} picked={picked} text={text} />
      {examined !== null && <Judgement examined={examined} text={text} />}
      {plan !== null && (
        <section aria-label="Plan">
          <PlanView plan={plan} run={null} />
        </section>
      )}
    </Layout>
  );
}

function SiteForm({ visitor, picked, text }: Pick<NewRunProps, 'visitor' | 'picked' | 'text'>) {
  const refusal = refusalFor(visitor, 'start');
  return (
    <form method="post" action="/new" enctype="multipart/form-data" class="site">
      <input type="hidden" name="file" value={picked} />
      <p>
        <label for="upload">Upload one</label>{' '}
        <input id="upload" type="file" name="upload" accept=".yaml,.yml" />
      </p>
      <label for="text">
        or write it here; secrets stay references: <code>env:NAME</code>, <code>file:PATH</code>, counted from
        the folder of the file that was picked, else from that of the control room
      </label>
      <textarea id="text" name="text" rows={24} spellcheck={false} class="code" wrap="off">
        {text}
      </textarea>
      <div class="buttons">
        <Deed deed="check" does="tell all its faults" refusal={null} />
        <Deed deed="plan" does="show the steps; reaches no host" refusal={null} />
        <Deed deed="rehearse" does="look at every host, change nothing" refusal={refusal} />
        <Deed
          deed="verify"
          does="look at a finished estate: does it agree, and what lies ahead"
          refusal={refusal}
        />
        <Deed deed="start" does="begin the run; it asks before it interrupts anything" refusal={refusal} />
      </div>
      {refusal !== null && <p class="refusal">{refusal}</p>}
    </form>
  );
}

interface DeedProps {
  readonly deed: string;
  readonly does: string;
  readonly refusal: string | null;
}

function Deed({ deed, does, refusal }: DeedProps) {
  return (
    <button type="submit" name="deed" value={deed} class={`offer ${deed}`} disabled={refusal !== null}>
      <b>{deed}</b> <small>{does}</small>
    </button>
  );
}

function Judgement({ examined, text }: { readonly examined: SiteExamination; readonly text: string }) {
  const { faults, warnings } = examined;
  return (
    <section aria-label="Faults" class="judgement">
      <h2 class={faults.length > 0 ? 'bad' : 'good'}>
        {faults.length > 0 ? `✖ ${counted(faults.length, 'fault')}` : '✔ No fault'}
        {warnings.length > 0 && `, ${counted(warnings.length, 'warning')}`}
      </h2>
      <FaultsBesideLines text={text} faults={faults} warnings={warnings} />
    </section>
  );
}
