import { defineStrike } from '../../drill/define-strike.ts';

/**
 * The Master's process ends as in a crash, and the cluster starts it again or moves the role, as its policy says.
 * On request only.
 *
 * Source: domain facts, *Step 10*, D4; *Generic Service*, restart policy of a resource.
 */
export const drillServiceKill = defineStrike({
  id: 'drill-service-kill',
  title: 'Drill: end the process of the Scale Out Master',
  why: 'The cluster must notice that the Master is gone, and bring it back.',
  kind: 'service',
  after: ['prove-worker', 'drill-role-move', 'drill-group-failover', 'drill-crossed'],
  isWanted: (site) => site.drill.serviceKill,
  question:
    'End the process of the Scale Out Master on the first node as a crash would, after moving it there, and bring it back? The workers lose it until the cluster has started it again.',
  interrupts: ['workers'],
});
