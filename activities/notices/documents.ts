import type { Json, Notice, WebhookFormat } from '../../workflows/contract.ts';
import type { NoticeWords } from './words.ts';

/** What a webhook of each format is sent. */
export const DOCUMENTS: Readonly<Record<WebhookFormat, (told: Told) => Json>> = {
  json: forPrograms,
  slack: forSlack,
  teams: forTeams,
};

export interface Told {
  readonly notice: Notice;
  readonly words: NoticeWords;
  /** Opens that very question, or the run; null where no control room is known. */
  readonly link: string | null;
}

function forPrograms({ notice, words, link }: Told): Json {
  const question: Json = notice.question && { ...notice.question, needs: needsOf(notice.question) };
  const { change, ...rest } = notice;
  return {
    version: 1,
    ...rest,
    question,
    change: change && { ...change },
    title: words.title,
    text: words.lines.join('\n'),
    link,
  };
}

function needsOf({ needs }: { readonly needs: readonly object[] }): Json {
  return needs.map((need) => ({ ...need }));
}

/** Longest text of a section. Source: *Block Kit, Text object*, `text`. */
const SLACK_TEXT = 3_000;

/**
 * Blocks of plain text, which Slack does not format; `text` stands in notifications. What Slack would read as a mention or a link
 * is escaped all the same.
 *
 * Source: *Sending messages using incoming webhooks*; *Block Kit, Text object*; *Formatting text for app
 * surfaces*, Escaping text: `&`, `<` and `>` and nothing else; Linking to URLs: `<address|words>`.
 */
function forSlack({ words, link }: Told): Json {
  const title = escapedForSlack(words.title);
  const text = escapedForSlack(words.lines.join('\n'));
  return {
    text: title,
    blocks: [
      section({ type: 'plain_text', text: cut(`${title}\n${text}`, SLACK_TEXT), emoji: false }),
      ...(link === null
        ? []
        : [section({ type: 'mrkdwn', text: `<${escapedForSlack(link)}|Open it in the control room>` })]),
    ],
  };
}

function section(text: Json): Json {
  return { type: 'section', text };
}

function escapedForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Not in the middle of an escape. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/&[a-z]*$/, '')}…`;
}

/** A message of Teams may have 28 KB. Source: *Limits and specifications for Microsoft Teams*, Chat. */
const TEAMS_TEXT = 8_000;

/**
 * One Adaptive Card in a message. Its texts stand in text runs, which know no Markdown, so that nothing in them
 * becomes a link or a mention.
 *
 * Source: *Create incoming webhooks with Workflows for Microsoft Teams*, Adaptive Cards: `type`,
 * `attachments`, `contentType`; *Adaptive Cards, Text features*: RichTextBlock does not support Markdown;
 * *Action.OpenUrl*.
 */
function forTeams({ words, link }: Told): Json {
  const lines = cut(words.lines.join('\n'), TEAMS_TEXT).split('\n');
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            textBlock({ text: words.title, weight: 'Bolder', size: 'Medium' }),
            ...lines.map((text) => textBlock({ text })),
          ],
          actions:
            link === null
              ? []
              : [{ type: 'Action.OpenUrl', title: 'Open it in the control room', url: link }],
        },
      },
    ],
  };
}

function textBlock(run: Readonly<Record<string, string>>): Json {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', ...run }] };
}
