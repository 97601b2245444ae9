import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { Misuse, OperatorError } from '../../failures.ts';
import type { RunClient } from '../../client.ts';
import type { Plan } from '../../../workflows/contract.ts';
import { planFor } from '../../plan.ts';
import { examineSiteText, type SiteExamination, type SiteFile } from '../../site-file.ts';
import { NewRunPage, type NewRunProps } from '../new-run/new-run-page.tsx';
import type { SiteFiles } from '../new-run/site-files.ts';
import { page } from '../pages/page.ts';
import type { Visit } from '../visit.ts';
import { mustBeAllowed } from '../visitor.ts';

const newRunForm = z.object({
  file: z.string().default(''),
  text: z.string().max(1_000_000).default(''),
  upload: z.instanceof(File).optional(),
  deed: z.enum(['check', 'plan', 'rehearse', 'verify', 'start']),
});

interface Wish {
  readonly deed: z.infer<typeof newRunForm>['deed'];
  readonly picked: string;
  readonly text: string;
}

/** A site file is looked at, planned, rehearsed and performed. */
export function newRunRoutes(client: RunClient, files: SiteFiles): Hono<Visit> {
  const app = new Hono<Visit>();
  app.get('/new', (c) => {
    const picked = c.req.query('file') ?? '';
    return shown(c, files, { picked, text: files.read(picked) ?? '' });
  });
  app.post('/new', async (c) => {
    const wish = await wishOf(c);
    const examined = examineSiteText(wish.text, files.pathOf(wish.picked));
    const { file } = examined;
    if (file === null) return shown(c, files, { ...wish, examined }, wish.deed === 'check' ? 200 : 422);
    if (wish.deed === 'check') return shown(c, files, { ...wish, examined });
    if (wish.deed === 'plan') return shown(c, files, { ...wish, examined, plan: await planFor(file) });
    return begun(c, { wish, examined, file });
  });
  return app;

  async function begun(
    c: Context<Visit>,
    {
      wish,
      examined,
      file,
    }: { readonly wish: Wish; readonly examined: SiteExamination; readonly file: SiteFile },
  ): Promise<Response> {
    const visitor = c.get('visitor');
    mustBeAllowed(visitor, 'start');
    const { site } = file.site;
    const mode = wish.deed === 'rehearse' || wish.deed === 'verify' ? wish.deed : 'perform';
    try {
      files.keep(wish.text, wish.picked, site);
      const ref = await client.start({ site, request: file.request, mode, by: visitor.name });
      return c.redirect(`/runs/${ref.runId}/${mode === 'rehearse' ? 'plan' : 'steps'}`, 303);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return shown(c, files, { ...wish, examined, refused: error.message }, 409);
    }
  }
}

async function wishOf(c: Context<Visit>): Promise<Wish> {
  const form = newRunForm.safeParse(await c.req.parseBody());
  if (!form.success) throw new Misuse('The form is not whole', 'Begin again with "New run".');
  const { file: picked, text, upload, deed } = form.data;
  if (upload === undefined || upload.size === 0) return { deed, picked, text: text.replaceAll('\r\n', '\n') };
  return { deed, picked: '', text: await upload.text() };
}

type Shown = Pick<NewRunProps, 'picked' | 'text'> & {
  readonly examined?: SiteExamination;
  readonly plan?: Plan;
  readonly refused?: string;
};

function shown(
  c: Context<Visit>,
  { known }: SiteFiles,
  { picked, text, examined, plan, refused }: Shown,
  status: 200 | 409 | 422 = 200,
): Response {
  return page(
    c,
    <NewRunPage
      visitor={c.get('visitor')}
      known={known}
      picked={picked}
      text={text}
      examined={examined ?? null}
      plan={plan ?? null}
      refused={refused ?? null}
    />,
    status,
  );
}
