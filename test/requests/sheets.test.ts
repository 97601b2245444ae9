import { describe, expect, test } from 'vitest';
import { sheetsFor } from '../../activities/requests/sheets.ts';
import type { Check, NumberedRequest } from '../../activities/requests/sheet.ts';
import type { Site } from '../../activities/site.ts';
import { presentSheet } from '../../src/present/sheets.ts';
import { BEHIND_LOAD_BALANCER, HOSTILE, MANAGED_AND_NAMED, SAMPLE, TWO_SUBNETS } from './sites.ts';

const ALL: readonly (readonly [string, Site])[] = [
  ['the sample', SAMPLE],
  ['two subnets', TWO_SUBNETS],
  ['managed accounts and a named instance', MANAGED_AND_NAMED],
  ['a load balancer', BEHIND_LOAD_BALANCER],
  ['hostile names', HOSTILE],
];

function requestsOf(site: Site): readonly NumberedRequest[] {
  return sheetsFor(site).flatMap(({ requests }) => requests);
}

function request(site: Site, number: string) {
  const found = requestsOf(site).find((candidate) => candidate.number === number);
  if (found === undefined) throw new Error(`No line ${number}`);
  return found;
}

function rowsOf(site: Site, number: string): readonly (readonly (string | readonly string[])[])[] {
  const found = request(site, number);
  if ('notNeeded' in found) throw new Error(`${number} is not needed: ${found.notNeeded}`);
  return found.table.rows;
}

function checksOf(site: Site): readonly Check[] {
  return requestsOf(site).flatMap((found) => ('notNeeded' in found ? [] : found.checks));
}

describe.each(ALL)('on the sheets of a site with %s', (_name, site) => {
  test('every line has the number of its place, and says what, why, how it is checked and its source', () => {
    const letters = ['D', 'N', 'S', 'B'];
    sheetsFor(site).forEach(({ requests }, at) => {
      expect(requests.map(({ number }) => number)).toEqual(
        requests.map((_request, place) => `${letters[at]}${place + 1}`),
      );
    });
    for (const found of requestsOf(site)) {
      if ('notNeeded' in found) continue;
      expect(found).not.toMatchObject({ table: { rows: [] } });
      expect(found).not.toMatchObject({ checks: [] });
      expect([found.wanted, found.why, found.source].filter((text) => text === '')).toEqual([]);
    }
  });

  test('every row has as many cells as the table has columns, in the file too', () => {
    for (const sheet of sheetsFor(site)) {
      for (const table of presentSheet(sheet).match(/(^\|.*\|\n)+/gm) ?? []) {
        const bars = table
          .trim()
          .split('\n')
          .map((row) => row.match(/(?<!\\)\|/g)?.length);
        expect([...new Set(bars)]).toHaveLength(1);
      }
    }
  });

  test('every check is one line, and stands whole in the file', () => {
    const files = sheetsFor(site).map(presentSheet).join('\n');
    for (const { line } of checksOf(site)) {
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(files).toContain(`\n${line}\n`);
    }
  });

  test('the same site makes the same sheets', () => {
    expect(sheetsFor(structuredClone(site)).map(presentSheet)).toEqual(sheetsFor(site).map(presentSheet));
  });
});

describe('the sample site', () => {
  test('has its three objects prestaged, each for who will take it', () => {
    const ou = 'OU=SSIS,DC=lab,DC=example';
    expect(rowsOf(SAMPLE, 'D1')).toEqual([['SSIS-CLUSTER', ou, 'disabled', 'LAB\\svc-runbook']]);
    expect(rowsOf(SAMPLE, 'D2')).toEqual([['SSISDB-AG', ou, 'disabled', 'LAB\\SSIS-CLUSTER$']]);
    expect(rowsOf(SAMPLE, 'D3')).toEqual([['SSIS-MASTER', ou, 'disabled', 'LAB\\SSIS-CLUSTER$']]);
    expect(rowsOf(SAMPLE, 'D4')).toEqual([[ou, 'LAB\\svc-runbook', 'none']]);
  });

  test('needs neither names across subnets nor a load balancer', () => {
    expect(request(SAMPLE, 'N3')).toHaveProperty('notNeeded');
    expect(request(SAMPLE, 'N8')).toHaveProperty('notNeeded');
  });

  test('lets workers in to the Master at its moving address, and the endpoint to nodes alone', () => {
    const rows = rowsOf(SAMPLE, 'N4');
    expect(rows).toContainEqual([
      ['10.10.1.0/24'],
      ['10.10.0.11', '10.10.0.12', '10.10.0.22'],
      '8391',
      'TCP',
      expect.any(String),
    ]);
    expect(rows.filter(([, , port]) => port === '5022').map(([from]) => from)).toEqual([
      ['10.10.0.11', '10.10.0.12'],
    ]);
  });

  test('asks for a certificate on each node that names it and the listener', () => {
    expect(rowsOf(SAMPLE, 'S6')).toContainEqual([
      'NODE-B',
      'CN=node-b.lab.example',
      ['node-b.lab.example', 'ssisdb-ag.lab.example'],
      'LocalMachine\\My',
    ]);
  });

  test('keeps policies away from the service that the cluster starts', () => {
    expect(rowsOf(SAMPLE, 'S9')).toEqual([['SSISScaleOutMaster160', 'Manual', ['NODE-A', 'NODE-B']]]);
  });

  test('opens each share to who works on it, and the witness to the cluster alone', () => {
    expect(rowsOf(SAMPLE, 'B2').map(([, account]) => account)).toEqual([
      'LAB\\svc-engine',
      'LAB\\svc-runbook',
    ]);
    expect(rowsOf(SAMPLE, 'B5')).toEqual([
      ['\\\\fs1.lab.example\\witness$', 'LAB\\SSIS-CLUSTER$', 'full control'],
    ]);
  });

  test('names secrets by reference, each with the machines that read it', () => {
    expect(rowsOf(SAMPLE, 'S10')).toContainEqual(['file:secrets/catalog-key', ['NODE-A', 'NODE-B']]);
  });
});

describe('a site over two subnets', () => {
  test('shows which node and which addresses lie in which', () => {
    expect(rowsOf(TWO_SUBNETS, 'N2')).toEqual([
      [
        '10.10.0.0/24',
        ['NODE-A 10.10.0.11'],
        ['SSIS-CLUSTER 10.10.0.20', 'SSISDB-AG 10.10.0.21', 'SSIS-MASTER 10.10.0.22'],
      ],
      [
        '10.20.0.0/24',
        ['NODE-B 10.20.0.12'],
        ['SSIS-CLUSTER 10.20.0.20', 'SSISDB-AG 10.20.0.21', 'SSIS-MASTER 10.20.0.22'],
      ],
    ]);
  });

  test('has names that are registered with one address, for five minutes', () => {
    const found = request(TWO_SUBNETS, 'N3');
    expect(JSON.stringify(found)).toMatch(/RegisterAllProvidersIP 0.*300 seconds/);
    expect(rowsOf(TWO_SUBNETS, 'N3').map(([name]) => name)).toEqual([
      'ssisdb-ag.lab.example',
      'ssis-master.lab.example',
    ]);
  });

  test('whose objects the run makes wants the right to make them', () => {
    expect(rowsOf(TWO_SUBNETS, 'D4')[0]?.[2]).toBe('Create Computer objects, Read all properties');
  });

  test('whose witness is a storage account wants a way there, and no share', () => {
    expect(rowsOf(TWO_SUBNETS, 'N4').map(([, to]) => to)).toContain('labwitness.blob.core.windows.net');
    expect(request(TWO_SUBNETS, 'B5')).toHaveProperty('notNeeded');
  });

  test('whose listener has a port of its own has it let through, reserved and in the names of principals', () => {
    expect(rowsOf(TWO_SUBNETS, 'N6').map(([port]) => port)).toEqual(['1433', '14330', '5022', '8391']);
    expect(rowsOf(TWO_SUBNETS, 'D9').map(([name]) => name)).toContain('MSSQLSvc/ssisdb-ag.lab.example:14330');
  });

  test('whose backups are its own has them asked for, twice as often looked at', () => {
    expect(rowsOf(TWO_SUBNETS, 'B7')[0]?.slice(1, 3)).toEqual(['10 min', 'your own means']);
    expect(JSON.stringify(request(TWO_SUBNETS, 'B7'))).toContain('no older than 20 minutes');
  });

  test('whose firewall is left to others asks for the rules', () => {
    expect(request(TWO_SUBNETS, 'N5')).toMatchObject({
      wanted: expect.stringContaining('leaves them to you'),
    });
  });
});

test('a listener behind a load balancer wants a frontend and a probe for itself and for the role', () => {
  const frontends = rowsOf(BEHIND_LOAD_BALANCER, 'N8').map(([name, ip, port, probe]) => [
    name,
    ip,
    port,
    probe,
  ]);
  expect(frontends).toEqual([
    ['ssisdb-ag.lab.example', ['10.10.0.21'], '14330', 'TCP 59999'],
    ['ssis-master.lab.example', ['10.10.0.22'], '8391', 'TCP 59998'],
  ]);
  expect(request(SAMPLE, 'N8')).toHaveProperty('notNeeded');
});

describe('a site of managed accounts with a named instance', () => {
  test('says which machines may retrieve which password', () => {
    expect(rowsOf(MANAGED_AND_NAMED, 'D8')).toEqual([
      ['LAB\\gmsa-engine$', ['NODE-A$', 'NODE-B$']],
      ['LAB\\gmsa-agent$', ['NODE-A$', 'NODE-B$']],
      ['LAB\\gmsa-master$', ['NODE-A$', 'NODE-B$']],
      ['LAB\\gmsa-worker$', ['WORKER-1$', 'WORKER-2$']],
    ]);
  });

  test('has principals by port and by the name of the instance', () => {
    const names = rowsOf(MANAGED_AND_NAMED, 'D9').map(([name]) => name);
    expect(names).toContain('MSSQLSvc/node-a.lab.example:14333');
    expect(names).toContain('MSSQLSvc/node-a.lab.example:SSIS01');
  });

  test('lets nobody sign in with a password, and names no secret of an account', () => {
    expect(rowsOf(MANAGED_AND_NAMED, 'S5').map(([, , by]) => by)).not.toContain('SQL Server authentication');
    expect(rowsOf(MANAGED_AND_NAMED, 'S10').map(([reference]) => reference)).not.toContain(
      'file:secrets/engine',
    );
  });

  test('asks for its own certificate where it brings one, with what it must be', () => {
    expect(request(MANAGED_AND_NAMED, 'S7')).toMatchObject({
      wanted: expect.stringMatching(/self-signed[\s\S]*no right to sign/),
    });
    expect(rowsOf(MANAGED_AND_NAMED, 'B4')).toEqual([['C:\\Keys\\master.pfx', 'LAB\\gmsa-run$', 'read']]);
  });

  test('has the service of its version', () => {
    expect(rowsOf(MANAGED_AND_NAMED, 'S9')[0]?.[0]).toBe('SSISScaleOutMaster150');
  });
});
