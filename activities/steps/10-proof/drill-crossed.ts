import { defineDrill } from '../../drill/define-drill.ts';

/**
 * The Master on one node and the primary on the other, and the other way round: the two fail over separately, so
 * the Master must reach SSISDB over the network, by the listener and as its own account.
 *
 * Source: domain facts, section 1 and *Step 10*, D3.
 */
export const drillCrossed = defineDrill({
  id: 'drill-crossed',
  title: 'Drill: run the Scale Out Master and SSISDB on different nodes',
  why: 'A service beside its engine may get in by an identity that counts for nothing from elsewhere.',
  kind: 'crossed',
  after: ['prove-worker', 'check-one-truth', 'check-node-truth', 'drill-role-move', 'drill-group-failover'],
  isWanted: (site) => site.drill.crossed,
  question:
    'Let the Scale Out Master and SSISDB run crossed over two nodes, then the other way round, and bring both back? It is two to three moves of each; packages under way are waited for before each failover.',
  interrupts: ['engine', 'workers'],
});
