import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { probePackage } from '../activities/scripts/probe-package.ts';
import { probePackageModule } from '../scripts/probe-package.ts';

test('the probe package that is deployed is made of the parts that can be read', () => {
  const deployed = readFileSync(new URL('../activities/scripts/probe-package.ts', import.meta.url), 'utf8');
  expect(deployed).toBe(probePackageModule());
});

test('the probe package is an archive of the four parts of a project', () => {
  const bytes = Buffer.from(probePackage.hex, 'hex');
  const text = bytes.toString('latin1');
  for (const part of ['Probe.dtsx', 'Project.params', '@Project.manifest', '[Content_Types].xml']) {
    expect(text.split(part).length - 1).toBeGreaterThanOrEqual(2);
  }
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
  expect(text).toContain(`DTS:VersionGUID="{${probePackage.version}}"`);
});
