import type { Path, SiteSketch } from '../site-sketch.ts';

/** A risk that a site file takes on purpose, or without a thought. */
export interface DesignWarning {
  readonly id: 'few-workers' | 'tls-unverified' | 'workers-on-nodes';
  /** Where it stands. */
  readonly path: Path;
  /** A whole sentence, without its full stop. */
  readonly fault: string;
}

/**
 * What deserves a second thought in a site file without faults.
 *
 * Source: domain facts, C11 and C12.
 */
export function designWarnings(site: SiteSketch): readonly DesignWarning[] {
  return [...ofWorkers(site), ...ofTls(site)];
}

function ofWorkers({ workers = [], nodes = [] }: SiteSketch): readonly DesignWarning[] {
  const nodeNames = new Set(nodes.map((node) => node?.name?.toLowerCase()));
  const path = ['workers'];
  if (workers.length === 0) return [];
  const isSingle = workers.length < 2;
  const areNodes = workers.every((worker) => nodeNames.has(worker?.name?.toLowerCase()));
  const single = `${workers[0]?.name ?? 'One machine'} is the only worker: packages stop when it does`;
  const onNodes = 'Workers stand on Master nodes only: a node that fails takes its worker with it';
  return [
    ...(isSingle ? [{ id: 'few-workers', path, fault: single } as const] : []),
    ...(areNodes ? [{ id: 'workers-on-nodes', path, fault: onNodes } as const] : []),
  ];
}

function ofTls({ tls }: SiteSketch): readonly DesignWarning[] {
  if (tls?.verify !== false) return [];
  const fault =
    'Connections are not verified: nobody can tell the engines from somebody who pretends to be one';
  return [{ id: 'tls-unverified', path: ['tls', 'verify'], fault }];
}
