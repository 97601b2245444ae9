import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { SketchedSite } from './site-sketch.ts';
import { CHANGE_KINDS, DAYS, type Need } from '../workflows/contract.ts';

/* The parts of a site file that say who must agree to what, and when something may be interrupted. */

const person = z.string().min(1);

export const change = z
  .strictObject({
    ticket: z.string().describe('Number of the change, such as CHG0048213.'),
    owner: z.string().describe('Team or person that owns the change.'),
    contact: z.string().describe('Whom to reach about it.'),
  })
  .optional()
  .describe('The change record that this run belongs to. May be left out.');

const NEED = /^([1-9]\d?) of ([^\s].*)$/;

/** `1 of dba`, taken apart; null where it is something else. */
export function needOf(text: string): Need | null {
  const [, count, group] = NEED.exec(text) ?? [];
  return count === undefined || group === undefined ? null : { count: Number(count), group };
}

export const approvals = z
  .strictObject({
    identities: z
      .literal('asserted', {
        error: 'must be "asserted": who decides is claimed here, not proven, and the site file says so',
      })
      .optional()
      .describe('asserted: who decides is claimed, not proven. Needed outside the lab.'),
    groups: z
      .record(z.string(), z.array(person).min(1))
      .default({})
      .describe('Groups of people for the rules, each a list of names as --by gives them. Default: none.'),
    selfApproval: z
      .boolean()
      .default(false)
      .describe('true: whoever starts the run may also approve; refused in production. Default: false.'),
    expireAfterHours: z
      .number()
      .positive()
      .optional()
      .describe('Hours after which a question that nobody answered is withdrawn. Left out: never.'),
    onExpiry: z
      .enum(['stay-stopped', 'stop', 'undo'])
      .optional()
      .describe(
        'stay-stopped: the step of an expired question is stuck until somebody says retry. stop: the run ends. undo: it takes back all that it changed. Default: stay-stopped.',
      ),
    ahead: z
      .strictObject({
        maxHours: z
          .number()
          .positive()
          .describe('Hours between the first moment of such an approval and its last.'),
      })
      .optional()
      .describe(
        'Lets people approve gates and restarts of a run before they are asked, for a time. Left out: nobody may.',
      ),
    rules: z
      .array(
        z.strictObject({
          when: z
            .array(z.enum(CHANGE_KINDS))
            .min(1)
            .describe('Kinds of change, such as failover or host-restart.'),
          need: z
            .array(z.string().regex(NEED, 'is not of the form "1 of dba": how many, and of which group'))
            .min(1)
            .describe('Who must agree, such as "1 of dba".'),
        }),
      )
      .default([])
      .describe('Who must agree to what; what no rule names, one person may approve. Default: none.'),
  })
  .describe('Who may answer what a run asks.');

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of the day such as '22:00'");
const day = z.iso.date("is not a day such as '2030-12-20'");

export const windows = z
  .strictObject({
    timeZone: z
      .string()
      .refine((zone) => IANAZone.isValidZone(zone), 'is not a time zone such as Europe/Berlin')
      .describe('Time zone of the times below, such as Europe/Berlin.'),
    open: z
      .array(
        z.strictObject({
          days: z.array(z.enum(DAYS)).min(1).describe('Days of the week, such as [Sat, Sun].'),
          from: timeOfDay.describe("Begins at this time of the day, such as '22:00'."),
          to: timeOfDay.describe("Ends at this time, of the next day if it is not later, such as '04:00'."),
        }),
      )
      .min(1)
      .describe('When interruptions are allowed: one begins only if it can also end in there.'),
    freeze: z
      .array(
        z
          .strictObject({
            from: day.describe("First day, such as '2030-12-20'."),
            to: day.describe("Last day, such as '2031-01-07'."),
            reason: z.string().min(1).describe('Why nothing may change then.'),
          })
          .refine(({ from, to }) => from <= to, 'ends before it begins'),
      )
      .default([])
      .describe('When nothing may be interrupted at all. Default: none.'),
  })
  .optional()
  .describe('Maintenance windows. Left out: anything may begin at any time.');

/** What becomes of a question that expires says nothing where none does. */
export function expiryHasTime({ site, isSound, tell }: SketchedSite): void {
  const { expireAfterHours, onExpiry } = site.approvals ?? {};
  if (onExpiry !== 'stop' && onExpiry !== 'undo') return;
  if (expireAfterHours !== undefined || !isSound(['approvals', 'expireAfterHours'])) return;
  tell(['approvals', 'onExpiry'], 'needs approvals.expireAfterHours: without it no question expires');
}

/** A rule whose group is unknown or too small could never be met. */
export function rulesCanBeMet({ site, isSound, tell }: SketchedSite): void {
  const { groups, rules } = site.approvals ?? {};
  if (!isSound(['approvals', 'groups'])) return;
  for (const [at, rule] of (rules ?? []).entries()) {
    for (const [place, text] of (rule?.need ?? []).entries()) {
      const need = needOf(text ?? '');
      if (need === null || !isSound(['approvals', 'groups', need.group])) continue;
      const path = ['approvals', 'rules', at, 'need', place];
      const people = groups?.[need.group];
      if (people === undefined) tell(path, `names the group ${need.group}, which approvals.groups lacks`);
      else if (people.length < need.count)
        tell(path, `needs ${need.count} of ${need.group}, which has ${people.length}`);
    }
  }
}
