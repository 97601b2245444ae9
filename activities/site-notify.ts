import { z } from 'zod';
import type { SketchedSite } from './site-sketch.ts';
import { port, secretReference } from './site-values.ts';
import { NOTICE_EVENTS, WEBHOOK_FORMATS, type Notify } from '../workflows/contract.ts';

/* The part of a site file that says who is told of a run. */

const on = z
  .array(z.enum(NOTICE_EVENTS))
  .min(1)
  .default([...NOTICE_EVENTS])
  .describe(
    'question: a person is asked. failure: a step is stuck, or the run failed. end: the run has ended. Default: all three.',
  );

const webhook = z.strictObject({
  address: secretReference.describe('Where the address of the webhook lies: file:PATH or env:NAME.'),
  format: z
    .enum(WEBHOOK_FORMATS)
    .default('json')
    .describe('json: for programs. slack: an incoming webhook. teams: a Workflows webhook. Default: json.'),
  on,
});

const smtp = z
  .strictObject({
    server: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, 'is no server')
      .describe('Mail server.'),
    port: port.optional().describe('Default: 587; 465 with tls: implicit.'),
    tls: z
      .enum(['starttls', 'implicit', 'none'])
      .default('starttls')
      .describe(
        'starttls: encrypted before anything is said. implicit: from the first byte. none: refused in production, and with a password. Default: starttls.',
      ),
    user: z.string().min(1).optional().describe('Left out: nobody signs in.'),
    password: secretReference.optional().describe('Where the password of the user lies.'),
    authorities: z
      .string()
      .optional()
      .describe('PEM file of the authorities to trust, as file:PATH. Left out: those that Node.js trusts.'),
  })
  .describe('How mail is handed over.');

const mail = z.strictObject({
  to: z.array(z.email()).min(1).describe('Mail addresses.'),
  from: z.email().describe('Address of the sender.'),
  smtp,
  on,
});

export const notify = z
  .strictObject({
    link: z
      .url({ protocol: /^https?$/, error: 'is no address such as https://ssis-ha.contoso.com' })
      .optional()
      .describe('Address of the control room, for the links. Left out: that of the "ssis-ha up" of the run.'),
    webhooks: z.array(webhook).default([]).describe('Webhooks to tell. Default: none.'),
    mail: z.array(mail).default([]).describe('People to tell by mail. Default: none.'),
  })
  .optional()
  .describe('Whom to tell that a run asks, fails or ends. Left out: nobody.');

/** Whom the plan tells; null where that is nobody. */
export function notifyIn(site: z.output<typeof notify>): Notify | null {
  const webhooks = (site?.webhooks ?? []).map((hook) => ({ kind: 'webhook' as const, ...hook }));
  const letters = (site?.mail ?? []).map((receiver) => ({
    kind: 'mail' as const,
    ...receiver,
    smtp: serverOf(receiver.smtp),
  }));
  const receivers = [...webhooks, ...letters];
  return receivers.length === 0 ? null : { link: site?.link ?? null, receivers };
}

function serverOf({ server, tls, ...rest }: z.output<typeof smtp>) {
  const { port: chosen = tls === 'implicit' ? 465 : 587, user = null } = rest;
  return {
    server,
    port: chosen,
    tls,
    user,
    password: rest.password ?? null,
    authorities: rest.authorities ?? null,
  };
}

/** A password that goes unencrypted is none; one half of a sign-in is a slip. */
export function mailIsSafe({ site, isSound, tell }: SketchedSite): void {
  for (const [at, receiver] of (site.notify?.mail ?? []).entries()) {
    const path = ['notify', 'mail', at, 'smtp'];
    const { user, password, tls } = receiver?.smtp ?? {};
    if (!isSound([...path, 'user']) || !isSound([...path, 'password'])) continue;
    if ((user === undefined) !== (password === undefined))
      tell(path, 'needs user and password together, or neither');
    if (tls !== 'none') continue;
    if (password !== undefined) tell([...path, 'tls'], 'is none, which would send the password unencrypted');
    else if (site.environment === 'production') tell([...path, 'tls'], 'is none, which production refuses');
  }
}
