import { expect, test } from 'vitest';
import { tellReceiver, type Telegraph } from '../../activities/notices/tell.ts';
import type { Letter } from '../../activities/ports.ts';
import { Secret } from '../../activities/secret.ts';
import type { Json, Notice, NoticedQuestion, Receiver, WebhookFormat } from '../../workflows/contract.ts';

const QUESTION: NoticedQuestion = {
  id: 'create-role@NODE-A/7',
  stepKey: 'create-role@NODE-A',
  title: 'Create the clustered role',
  host: 'NODE-A',
  about: 'gate',
  offers: ['approve', 'reject', 'undo', 'stop'],
  interrupts: ['workers'],
  seen: ['Create the role?', 'SSIS-MASTER is missing'],
  needs: [{ count: 2, group: 'dba', given: ['CONTOSO\\dba-1'] }],
  window: null,
  expiresAt: '2030-01-05T22:00:00.000Z',
  onExpiry: 'undo',
};
const NOTICE: Notice = {
  id: 'run-1/3',
  event: 'question',
  site: 'sample',
  environment: 'production',
  workflowId: 'ssis-ha/sample',
  runId: 'run-1',
  state: 'waiting',
  proof: null,
  change: { ticket: 'CHG-1', owner: 'Data Platform', contact: 'dba@example.com' },
  question: QUESTION,
};
/** What somebody may have made a title or a fact of. */
const HOSTILE: Notice = {
  ...NOTICE,
  question: {
    ...QUESTION,
    title: 'Role\r\nBcc: eve@example.com\r\n\r\nbody',
    seen: [
      '<!channel> & <https://evil.example|click>',
      '[click](https://evil.example) **bold** <at>all</at>',
    ],
  },
};

interface Sent {
  readonly posts: { readonly address: string; readonly document: Json }[];
  readonly letters: Letter[];
}

/** Tells one receiver, and answers what left. */
async function tell(
  notice: Notice,
  receiver: Receiver,
  where: { readonly link?: string; readonly controlRoom?: string } = {},
): Promise<Sent> {
  const sent: Sent = { posts: [], letters: [] };
  const telegraph: Telegraph = {
    secrets: { resolve: (reference) => Promise.resolve(new Secret(`value of ${reference}`)) },
    messenger: {
      post: ({ address }, document) =>
        Promise.resolve(void sent.posts.push({ address: address.reveal(), document })),
      mail: (letter) => Promise.resolve(void sent.letters.push(letter)),
    },
    controlRoom: () => where.controlRoom ?? null,
  };
  await tellReceiver({ notice, receiver, link: where.link ?? null }, telegraph);
  return sent;
}

/** The one document that left, as much of it as the test reads. */
function documentOf({ posts }: Sent): Readonly<Record<string, unknown>> {
  return posts[0]?.document as Readonly<Record<string, unknown>>;
}

const webhook = (format: WebhookFormat): Receiver => ({
  kind: 'webhook',
  on: ['question'],
  address: 'env:HOOK',
  format,
});
const MAIL: Receiver = {
  kind: 'mail',
  on: ['question'],
  to: ['dba@example.com'],
  from: 'ssis-ha@example.com',
  smtp: { server: 'smtp', port: 587, tls: 'starttls', user: null, password: null, authorities: null },
};
const LINK = 'https://room.example.com/runs/run-1/questions/create-role%40NODE-A%2F7';

test('JSON tells the question, who may answer it until when, and a link that opens it', async () => {
  const { posts } = await tell(NOTICE, webhook('json'), { link: 'https://room.example.com/' });
  expect(posts).toMatchObject([
    {
      address: 'value of env:HOOK',
      document: {
        version: 1,
        id: 'run-1/3',
        event: 'question',
        site: 'sample',
        runId: 'run-1',
        title: 'sample asks: Create the clustered role (NODE-A)',
        question: { id: QUESTION.id, needs: QUESTION.needs, expiresAt: QUESTION.expiresAt },
        link: LINK,
      },
    },
  ]);
  const { text } = documentOf({ posts, letters: [] });
  expect(text).toContain('SSIS-MASTER is missing\nInterrupts: workers.');
  expect(text).toContain('Approval needs 2 of dba; agreed so far: CONTOSO\\dba-1.');
  expect(text).toContain('by 2030-01-05T22:00:00.000Z, the run takes back what it changed.');
});

test('the link is that of the site file, else that of the control room beside the worker, else there is none', async () => {
  const linkOf = async (where: Parameters<typeof tell>[2]) =>
    documentOf(await tell(NOTICE, webhook('json'), where))['link'];
  expect(await linkOf({ link: 'https://room.example.com', controlRoom: 'http://127.0.0.1:1' })).toBe(LINK);
  expect(await linkOf({ controlRoom: 'http://127.0.0.1:1' })).toMatch(
    /^http:\/\/127\.0\.0\.1:1\/runs\/run-1\//,
  );
  expect(await linkOf({})).toBeNull();
});

test('the end of a run says how it ended, and its link opens the run', async () => {
  const ended: Notice = { ...NOTICE, event: 'end', state: 'done', proof: 'failover proven', question: null };
  const { posts } = await tell(ended, webhook('json'), { link: 'https://room.example.com' });
  expect(posts[0]?.document).toMatchObject({
    title: 'sample: done, failover proven',
    question: null,
    link: 'https://room.example.com/runs/run-1',
  });
});

test('Slack is told plain text, and nothing in it becomes a mention or a link', async () => {
  const sent = await tell(HOSTILE, webhook('slack'), { link: 'https://room.example.com' });
  const { text, blocks } = documentOf(sent) as unknown as {
    text: string;
    blocks: { text: { type: string; text: string } }[];
  };
  expect(text).toBe('sample asks: Role Bcc: eve@example.com body (NODE-A)');
  expect(blocks[0]?.text).toMatchObject({ type: 'plain_text', emoji: false });
  expect(blocks[0]?.text.text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;');
  expect(JSON.stringify(blocks[0])).not.toMatch(/[<>]/);
  expect(blocks[1]?.text.text).toBe(`<${LINK}|Open it in the control room>`);
});

test('Slack is told no more than a section holds', async () => {
  const long = { ...NOTICE, question: { ...QUESTION, seen: ['<'.repeat(5_000)] } };
  const sent = await tell(long, webhook('slack'));
  const { blocks } = documentOf(sent) as unknown as { blocks: { text: { text: string } }[] };
  expect(blocks).toHaveLength(1);
  expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(3_000);
  expect(blocks[0]?.text.text).toMatch(/&lt;…$/);
});

test('Teams is told an Adaptive Card whose texts know no Markdown', async () => {
  const sent = await tell(HOSTILE, webhook('teams'), { link: 'https://room.example.com' });
  const document = documentOf(sent) as unknown as {
    type: string;
    attachments: {
      contentType: string;
      content: { type: string; body: { type: string }[]; actions: unknown };
    }[];
  };
  const card = document.attachments[0];
  expect(document.type).toBe('message');
  expect(card?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(new Set(card?.content.body.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
  expect(JSON.stringify(card)).toContain('[click](https://evil.example) **bold** <at>all</at>');
  expect(card?.content.actions).toEqual([
    { type: 'Action.OpenUrl', title: 'Open it in the control room', url: LINK },
  ]);
});

test('mail has a subject of one line, and each fact is one line of its text', async () => {
  const { letters } = await tell(HOSTILE, MAIL, { link: 'https://room.example.com' });
  expect(letters).toMatchObject([{ id: 'run-1/3', to: ['dba@example.com'], from: 'ssis-ha@example.com' }]);
  expect(letters[0]?.subject).toBe('[ssis-ha] sample asks: Role Bcc: eve@example.com body (NODE-A)');
  expect(letters[0]?.text).not.toMatch(/^Bcc:/m);
  expect(letters[0]?.text.trimEnd().endsWith(LINK)).toBe(true);
});
