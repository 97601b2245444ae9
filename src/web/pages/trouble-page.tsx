import type { Visitor } from '../visitor.ts';
import { Layout } from './layout.tsx';

interface TroublePageProps {
  readonly title: string;
  /** One imperative sentence. */
  readonly advice: string;
  readonly visitor?: Visitor | undefined;
}

/** What could not be done, and the way out. */
export function TroublePage({ title, advice, visitor }: TroublePageProps) {
  return (
    <Layout title="Trouble" visitor={visitor ?? null}>
      <h1 class="plain">{title}</h1>
      <p>{advice}</p>
      <p>
        <a href="/">All runs</a>
      </p>
    </Layout>
  );
}
