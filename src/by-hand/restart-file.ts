import type { Access } from '../../workflows/contract.ts';
import { scriptAssigned, sharedText } from './catalogue-text.ts';
import { comment, literal } from './powershell-text.ts';
import { SHARED } from './step-file.ts';

/** What the file that restarts a host is called. */
export function restartFileOf(host: string): string {
  return `restart-${host.replaceAll(/[^\w-]/g, '_')}.ps1`;
}

/**
 * Restarts one host: what it carries is moved away by commands that a person runs elsewhere and says so, in the order
 * in which nothing is lost.
 *
 * Source: domain facts, C9, *A worker* and *A node*: never fail over by the cluster's tools.
 */
export function restartFile(host: string, access: Access): string {
  const questions = access.nodes.some((node) => node.toLowerCase() === host.toLowerCase())
    ? ofNode(host, access)
    : [`Is the worker on ${host} disabled in SSISDB (catalog.disable_worker_agent) and without tasks?`];
  return [
    '#Requires -Version 5.1',
    comment(
      [
        `Restart ${host}, where a step says that a restart pends.`,
        'What it carries goes first; afterwards take back what you moved, resume the node, enable the worker, and run',
        'the file of the step again.',
      ].join('\n'),
    ),
    '',
    scriptAssigned({ kind: 'powershell', name: 'getPendingRestart' }),
    '',
    scriptAssigned({ kind: 'powershell', name: 'getBoot' }),
    '',
    scriptAssigned({ kind: 'powershell', name: 'requestRestart' }),
    '',
    `${SHARED.begin}\n${sharedText()}\n${SHARED.end}\n`,
    `Start-Step -Title 'Restart the host' -ComputerName ${literal(host)}`,
    '$seen.getBoot = Invoke-Script -Script $getBoot',
    '$seen.getPendingRestart = Invoke-Script -Script $getPendingRestart',
    'Show-Seen -What $seen.getPendingRestart',
    ...questions.map((question) => `Confirm-ByHand -Question ${literal(question)}`),
    `Confirm-ByHand -Question ${literal(`Restart ${host} now?`)}`,
    '$given = $seen.getBoot',
    '$null = Invoke-Script -Script $requestRestart -Given $given',
    '',
  ].join('\n');
}

function ofNode(host: string, { group, role, nodes }: Access): string[] {
  const [other = '', ...more] = nodes.filter((node) => node.toLowerCase() !== host.toLowerCase());
  const orMore = more.length === 0 ? '' : ` (or on ${more.join(', ')})`;
  const toMore = more.length === 0 ? '' : ` (or to ${more.join(', ')})`;
  return [
    'Does no package run in SSISDB, or is there none yet (SELECT * FROM SSISDB.catalog.executions WHERE status IN (2, 5, 8))?',
    `Is SSISDB primary elsewhere, or in no group yet? If not, run on ${other}${orMore}: ALTER AVAILABILITY GROUP [${group.replaceAll(']', ']]')}] FAILOVER`,
    `Does the role ${role} run elsewhere, or is there none yet? If not, move it to ${other}${toMore}: Move-ClusterGroup -Name ${literal(role)} -Node ${literal(other)}`,
    `Is ${host} drained, or in no cluster yet? If not, run: Suspend-ClusterNode -Name ${literal(host)} -Drain -Wait; afterwards: Resume-ClusterNode -Name ${literal(host)}`,
  ];
}
