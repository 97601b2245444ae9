import { defineDrill } from '../../drill/define-drill.ts';

/**
 * The role alone, to every other node that may own it. Finds worker certificates that are trusted on one node
 * only, a certificate without its key, a port that is closed: what works until the role has moved.
 *
 * Source: domain facts, *Step 10*, D1; section 7, 3.
 */
export const drillRoleMove = defineDrill({
  id: 'drill-role-move',
  title: 'Drill: move the Scale Out Master to every other node and back',
  why: 'A Master that only works where it was born is not highly available.',
  kind: 'role',
  after: ['prove-worker', 'check-one-truth', 'check-node-truth'],
  isWanted: (site) => site.drill.roleMove,
  question:
    'Move the Scale Out Master to every other node, one after another, and back? At each move the workers lose it for seconds up to a minute; packages go on, new ones wait.',
  interrupts: ['workers'],
});
