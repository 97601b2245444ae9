import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { inOnePiece } from '../views/part.tsx';
import { rendered } from '../views/rendered.ts';
import { Moments } from './moments.ts';
import type { ReportDocument } from './report-document.ts';
import { ReportPage } from './report-page.tsx';

/** What a report has inside, since it asks nobody for anything. */
export interface ReportParts {
  readonly style: string;
  readonly script: string;
}

/** The file, a pure function of the document: no clock and no machine has a say in it. */
export function buildReport(document: ReportDocument, { style, script }: ReportParts): string {
  const html = rendered(
    <ReportPage
      document={document}
      sight={new Moments(document).sightAt()}
      style={style}
      script={script}
      policy={policyFor(style, script)}
    />,
  );
  const text = `<!DOCTYPE html>\n${inOnePiece(html)}\n`;
  return `${text}${sealOf(utf8ToBytes(text))}`;
}

/** The last line of a file whose other lines are `bytes`. */
export function sealOf(bytes: Uint8Array): string {
  return `<!-- sha256 ${bytesToHex(sha256(bytes))} -->\n`;
}

export const SEAL_LENGTH = sealOf(new Uint8Array()).length;

/** Nothing from anywhere, and no code or style but these. Source: CSP Level 3, *Hash usage for inline scripts*. */
function policyFor(style: string, script: string): string {
  return [
    `default-src 'none'`,
    `style-src '${hashSource(style)}'`,
    `script-src '${hashSource(script)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

function hashSource(text: string): string {
  const digest = sha256(utf8ToBytes(text));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
