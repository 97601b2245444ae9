import { z } from 'zod';
import { acceptance } from './findings/accepted.ts';
import { subnet } from './site-values.ts';

/* The parts of a site file that say how a run behaves: network, trust, restarts, proof. */

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

export const accepted = z
  .array(acceptance)
  .default([])
  .describe('Warnings of preflight that somebody lives with; errors cannot be accepted. Default: none.');

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
    everyMinutes: z
      .int()
      .min(1)
      .describe('Minutes between two looks of verify --every, where it is given no interval.'),
    certificateDaysLeft: z
      .array(z.int().min(1))
      .describe('Days before a certificate expires at which verify warns, such as [60, 14].'),
  })
  .optional()
  .describe(
    'How ssis-ha verify looks for drift after the run, and ahead. Default: 60 minutes; 90, 30 and 7 days.',
  );
