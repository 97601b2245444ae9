import { defineDrill } from '../../drill/define-drill.ts';

/**
 * SSISDB alone, to every other synchronous replica. Finds a missing password of the master key (15581), a log
 * login with another SID or password, an account without a login: what works until SSISDB has failed over.
 *
 * Source: domain facts, *Step 10*, D2; section 7, 1 and 2.
 */
export const drillGroupFailover = defineDrill({
  id: 'drill-group-failover',
  title: 'Drill: fail SSISDB over to every other synchronous replica and back',
  why: 'A replica that cannot open its keys or take logs is found now, not at night.',
  kind: 'group',
  after: ['prove-worker', 'check-one-truth', 'check-node-truth', 'drill-role-move'],
  isWanted: (site) => site.drill.groupFailover,
  question:
    'Fail SSISDB over to every other synchronous replica, one after another, and back? Connections to it break each time; packages under way are waited for first, and a person is asked when they take too long.',
  interrupts: ['engine', 'workers'],
});
