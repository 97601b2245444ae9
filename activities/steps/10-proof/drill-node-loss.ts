import { defineStrike } from '../../drill/define-strike.ts';

/**
 * Master and primary are brought to one node, which is then restarted by force: both must move by themselves, and
 * the quorum must hold. Only where the group fails over automatically. On request only.
 *
 * Source: domain facts, *Step 10*, D5; *Failover and failover modes*, conditions for an automatic failover.
 */
export const drillNodeLoss = defineStrike({
  id: 'drill-node-loss',
  title: 'Drill: lose the node that runs the Master and holds the primary',
  why: 'This is what all of it is for.',
  kind: 'node',
  after: ['prove-worker', 'drill-role-move', 'drill-group-failover', 'drill-crossed', 'drill-service-kill'],
  isWanted: (site) => site.drill.nodeLoss && site.availabilityGroup.replicas === 'synchronous-automatic',
  question:
    'Bring the Master and the primary of SSISDB to one node that is not the first, restart that node by force, and bring everything back when it has returned? Whatever else runs on it is lost; packages under way are waited for first.',
  interrupts: ['host', 'engine', 'workers'],
});
