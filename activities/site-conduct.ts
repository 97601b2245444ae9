import { z } from 'zod';
import { secretReference, subnet } from './site-values.ts';

/* The parts of a site file that say how a run behaves: network, trust, consent, restarts, proof. */

const person = z.string().min(1);

export const change = z
  .strictObject({
    ticket: z.string().describe('Number of the change, such as CHG0048213.'),
    owner: z.string().describe('Team or person that owns the change.'),
    contact: z.string().describe('Whom to reach about it.'),
  })
  .optional()
  .describe('The change record that this run belongs to. May be left out.');

export const firewall = z
  .strictObject({
    manage: z.boolean().describe('true: the run opens the ports on the nodes. false: you have opened them.'),
    profile: z
      .enum(['Domain', 'Private', 'Public', 'Any'])
      .describe('Profile of Windows Firewall for which the rules hold.'),
    workers: z
      .array(subnet)
      .describe('Networks of the workers: they reach the Master and the engine. Such as [10.20.31.0/24].'),
    operators: z
      .array(subnet)
      .describe('Networks of people and their tools: they reach the engine and the listener.'),
  })
  .describe('Windows Firewall on the nodes.');

export const tls = z
  .strictObject({
    verify: z
      .boolean()
      .describe("true: the engines' certificates are verified. false is refused in production."),
    authorities: z
      .string()
      .optional()
      .describe(
        'PEM file of the certificate authorities to trust, as file:PATH. Left out: those that Node.js trusts.',
      ),
  })
  .describe('How connections to the engines are verified.');

export const approvals = z
  .strictObject({
    identities: z
      .literal('asserted', {
        error: 'must be "asserted": who decides is claimed here, not proven, and the site file says so',
      })
      .optional()
      .describe('asserted: who decides is claimed, not proven. Needed outside the lab.'),
    groups: z
      .record(z.string(), z.array(person))
      .default({})
      .describe(
        'Groups of people for the rules, each a list of names. Read, and not held yet. Default: none.',
      ),
    selfApproval: z
      .boolean()
      .default(false)
      .describe('true: whoever starts the run may also approve; refused in production. Default: false.'),
    expireAfterHours: z
      .number()
      .positive()
      .optional()
      .describe('Hours after which a question expires. Read, and not held yet: silence is never consent.'),
    onExpiry: z
      .literal('stay-stopped')
      .optional()
      .describe('stay-stopped: an expired question leaves the run where it is.'),
    rules: z
      .array(
        z.strictObject({
          when: z.array(z.string()).min(1).describe('Kinds of danger, such as failover.'),
          need: z.array(z.string()).min(1).describe('Who must agree, such as "1 of dba".'),
        }),
      )
      .default([])
      .describe('Who must agree to what. Read, and not held yet. Default: none.'),
  })
  .describe('Who may answer what a run asks.');

export const windows = z
  .strictObject({
    timeZone: z.string().describe('Time zone of the times below, such as Europe/Berlin.'),
    open: z
      .array(
        z.strictObject({
          days: z.array(z.string()).min(1).describe('Days of the week, such as [Sat, Sun].'),
          from: z.string().describe("Begins at this time of the day, such as '22:00'."),
          to: z.string().describe("Ends at this time of the day, such as '04:00'."),
        }),
      )
      .describe('When interruptions are allowed.'),
    freeze: z
      .array(
        z.strictObject({
          from: z.string().describe("First day, such as '2030-12-20'."),
          to: z.string().describe("Last day, such as '2031-01-07'."),
          reason: z.string().describe('Why nothing may change then.'),
        }),
      )
      .default([])
      .describe('When nothing may be interrupted at all. Default: none.'),
  })
  .optional()
  .describe('Maintenance windows. Read, and not held yet: keep them when you approve.');

export const restarts = z
  .strictObject({
    perHost: z.int().min(1).max(10).describe('Restarts of one host that a run may ask for, 1 to 10.'),
    drainPackagesMinutes: z
      .int()
      .min(0)
      .describe('Minutes for which packages under way are waited for before an interruption.'),
    oneNodeAtATime: z.literal(true).describe('Only true: two nodes are never down at once.'),
  })
  .describe('How hosts are restarted.');

export const drill = z
  .strictObject({
    roleMove: z.boolean().describe('true: move the Master to another node and back.'),
    groupFailover: z.boolean().describe('true: fail SSISDB over and back.'),
    crossed: z.boolean().describe('true: run Master and SSISDB on different nodes, both ways.'),
    serviceKill: z.boolean().describe("true: end the Master's process as a crash would."),
    nodeLoss: z
      .boolean()
      .describe('true: let a node fail; only with availabilityGroup.replicas: synchronous-automatic.'),
  })
  .describe('The proof at the end: failovers that are really done, each behind its gate.');

export const verify = z
  .strictObject({
    everyMinutes: z.int().min(1).describe('Minutes between two looks.'),
    certificateDaysLeft: z
      .array(z.int().min(1))
      .describe('Days before a certificate expires at which to warn, such as [60, 14].'),
  })
  .optional()
  .describe('Looks for drift after the run. Read, and not held yet.');

export const notify = z
  .strictObject({
    webhook: secretReference
      .optional()
      .describe('Where the address of the webhook lies: file:PATH or env:NAME.'),
    mail: z
      .strictObject({
        to: z.array(z.email()).min(1).describe('Mail addresses.'),
        smtp: z.string().min(1).describe('Mail server.'),
      })
      .optional()
      .describe('Mail to people.'),
  })
  .optional()
  .describe('Whom to tell that a run waits. Read, and not held yet.');
