import { dirname } from 'node:path';
import { isScalar, parseDocument, visit } from 'yaml';
import { absoluteReference } from './references.ts';

/** The text of a site file with each `file:` reference made absolute; comments and order stay. */
export function withAbsoluteReferences(text: string, siteFile: string): string {
  const document = parseDocument(text);
  const folder = dirname(siteFile);
  let changed = false;
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
      const absolute = absoluteReference(node.value, folder);
      changed ||= absolute !== node.value;
      node.value = absolute;
    },
  });
  return changed ? document.toString({ lineWidth: 0 }) : text;
}
