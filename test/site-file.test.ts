import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SITE_TEMPLATE } from '../src/cli/site-template.ts';
import { examineSiteFile, readSiteFile, SiteFaults } from '../src/site-file.ts';
import { siteWith, type Slip } from './fixtures/faulty-site.ts';
import { temporaryDirectory } from './temporal/temporary.ts';

async function siteFile(text: string): Promise<string> {
  const path = join(await temporaryDirectory(), 'site.yaml');
  await writeFile(path, text);
  return path;
}

async function faultsOf(text: string) {
  return examineSiteFile(await siteFile(text)).faults;
}

/** Parts that a site file may leave out, as a large site would have them. */
const FURTHER_PARTS = `
windows:
  timeZone: Europe/Vienna
  open: [{ days: [Sun], from: '01:00', to: '05:00' }]
  freeze: [{ from: '2030-12-20', to: '2031-01-07', reason: inventory }]
verify: { everyMinutes: 30, certificateDaysLeft: [60, 14] }
notify:
  link: https://ssis-ha.example.com
  webhooks: [{ address: env:HOOK, format: slack, on: [question, failure] }, { address: file:secrets/hook }]
  mail:
    - to: [dba@example.com]
      from: ssis-ha@example.com
      smtp: { server: smtp.example.com, user: ssis-ha, password: file:secrets/smtp, authorities: file:pki/root.pem }
`;
const GROUPS: Slip = [
  '  selfApproval: false ',
  "  groups: { dba: ['EXAMPLE\\ann', 'EXAMPLE\\bob'] }\n  rules: [{ when: [failover], need: [1 of dba] }]\n  expireAfterHours: 8\n  onExpiry: stop\n  ahead: { maxHours: 12 }\n  selfApproval: false ",
];

describe('a site file without faults', () => {
  test('is read as it stands, with its files named absolutely', async () => {
    const path = await siteFile(SITE_TEMPLATE);
    const { site, request, references, warnings } = readSiteFile(path);
    expect(site.site).toBe('ssis-example');
    expect(warnings).toEqual([]);
    expect(references).toContain(`file:${join(path, '..', 'secrets', 'operator')}`);
    expect(request).toMatchObject({ tls: { authorities: `file:${join(path, '..', 'pki', 'root.pem')}` } });
  });

  test('asks for no secret behind what is no secret', async () => {
    const { references } = readSiteFile(await siteFile(SITE_TEMPLATE));
    expect(references.filter((reference) => /\.(pem|pfx)$/.test(reference))).toEqual([]);
  });

  test('keeps paths of Windows hosts as they are', async () => {
    const { text } = siteWith(['file:secrets/operator', "'file:C:\\secrets\\operator'"]);
    expect(readSiteFile(await siteFile(text)).references).toContain('file:C:\\secrets\\operator');
  });

  test('may have every part that is known', async () => {
    const { text } = siteWith(GROUPS);
    const { faults, warnings } = examineSiteFile(await siteFile(text + FURTHER_PARTS));
    expect(faults).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('warns of values that promise more than a run does', async () => {
    const { text } = siteWith(
      ['existingObjects: ask', 'existingObjects: refuse'],
      ['spn: check', 'spn: register'],
    );
    const { warnings } = examineSiteFile(await siteFile(text));
    expect(warnings.map(({ path }) => path)).toEqual(['instance.kerberos.spn']);
  });

  test('warns of a single worker on a Master node, and of engines that nobody verifies', async () => {
    const { text } = siteWith(
      ['name: SSIS-WORKER-1, ip: 192.0.2.31', 'name: SSIS-NODE-1, ip: 192.0.2.11'],
      ['  - { name: SSIS-WORKER-2, ip: 192.0.2.32, maxTasks: 10 }\n', ''],
      ['verify: true', 'verify: false'],
    );
    const { faults, warnings } = examineSiteFile(await siteFile(text));
    expect(faults).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('the only worker'),
      expect.stringContaining('on Master nodes only'),
      expect.stringContaining('not verified'),
    ]);
  });

  test('warns of what was accepted until a day that is over', async () => {
    const { text } = siteWith();
    const accepted = (until: string) =>
      `accepted:\n  - { finding: few-workers, reason: why, by: 'CONTOSO\\dba-1', until: '${until}' }\n`;
    expect(examineSiteFile(await siteFile(text + accepted('2999-12-31'))).warnings).toEqual([]);
    expect(examineSiteFile(await siteFile(text + accepted('2020-12-31')))).toMatchObject({
      faults: [],
      warnings: [
        { path: 'accepted[0].until', message: expect.stringContaining('is over since 2020-12-31') as string },
      ],
    });
  });
});

describe('a site file with faults', () => {
  const TEN: readonly Slip[] = [
    ['environment: test', 'environment: production'],
    ['version: 2022', 'version: 2020'],
    ['edition: Enterprise', 'edition: Standard'],
    ['ip: 192.0.2.12', 'ip: 192.0.2.11'],
    ['port: 1433   ', 'port: 143300   '],
    ['authentication: mixed', 'authentication: windows'],
    [
      'engine: { account: EXAMPLE\\svc-engine, password: file:secrets/engine }',
      'engine: { account: EXAMPLE\\svc-engine }',
    ],
    ['name: SSIS-CLUSTER ', 'name: SSISDB-AG '],
    ['retentionDays: 30', 'retentionDays: 30\n  colour: blue'],
    ['failback: false', 'failback: no'],
    ['selfApproval: false ', 'selfApproval: true '],
  ];

  test('gets all of them told at once, each with its line', async () => {
    const { text } = siteWith(...TEN);
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    const faults = await faultsOf(text);
    expect(faults.map(({ line, path }) => [line, path])).toEqual([
      [lineOf('version: 2020'), 'product.version'],
      [lineOf('edition: Standard'), 'product.edition'],
      [lineOf('SSIS-NODE-2'), 'nodes[1].ip'],
      [lineOf('port: 143300'), 'instance.port'],
      [lineOf('authentication: windows'), 'instance.authentication'],
      [lineOf('engine: {'), 'accounts.engine'],
      [lineOf('listener: {'), 'availabilityGroup.listener.name'],
      [lineOf('colour: blue'), 'catalog.colour'],
      [lineOf('failback: no'), 'scaleOutMaster.failback'],
      [lineOf('selfApproval: true'), 'approvals.selfApproval'],
    ]);
  });

  test('says what is wrong with the value in it', async () => {
    const [fault] = await faultsOf(siteWith(['ip: 192.0.2.12', 'ip: 192.0.2']).text);
    expect(fault?.message).toBe('"192.0.2" is not an IPv4 address');
  });

  test('places a key that is missing at the key that should hold it', async () => {
    const { text } = siteWith(['  collation: Latin1_General_CI_AS       # cannot be changed later\n', '']);
    const [fault] = await faultsOf(text);
    expect(fault).toMatchObject({ path: 'instance.collation', message: 'is missing' });
    expect(text.split('\n')[(fault?.line ?? 0) - 1]).toContain('instance:');
  });

  test('offers the key that was meant, and does not call it missing as well', async () => {
    const faults = await faultsOf(siteWith(['collation:', 'colation:']).text);
    expect(faults).toMatchObject([{ path: 'instance.colation' }]);
    expect(faults[0]?.message).toContain('did you mean collation?');
  });

  test('is not told of names that agree where a node only has a bad address', async () => {
    const faults = await faultsOf(siteWith(['ip: 192.0.2.11,', 'ip: nowhere,']).text);
    expect(faults.map(({ path }) => path)).toEqual(['nodes[0].ip']);
  });

  test('is told of silence that ends nothing, and of mail that would carry a password in the clear', async () => {
    const { text } = siteWith(['  selfApproval: false ', '  onExpiry: undo\n  selfApproval: false ']);
    const smtp = '{ server: smtp.example.com, tls: none, user: ssis-ha, password: file:secrets/smtp }';
    const faults = await faultsOf(
      `${text}notify:\n  mail:\n    - { to: [a@example.com], from: b@example.com, smtp: ${smtp} }\n    - { to: [a@example.com], from: b@example.com, smtp: { server: smtp, user: x } }\n`,
    );
    expect(faults).toMatchObject([
      { path: 'approvals.onExpiry', message: expect.stringContaining('expireAfterHours') as string },
      { path: 'notify.mail[0].smtp.tls', message: expect.stringContaining('unencrypted') as string },
      { path: 'notify.mail[1].smtp', message: expect.stringContaining('user and password') as string },
    ]);
  });

  test('never shows the address of a webhook that stands where its reference belongs', async () => {
    const address = 'https://hooks.example.com/services/T0/B0/abc';
    const faults = await faultsOf(`${siteWith().text}notify:\n  webhooks: [{ address: '${address}' }]\n`);
    expect(faults).toMatchObject([{ path: 'notify.webhooks[0].address' }]);
    expect(JSON.stringify(faults)).not.toContain('hooks.example.com');
  });

  test('is told of addresses that no node could bring online', async () => {
    const faults = await faultsOf(siteWith(['ip: 192.0.2.12', 'ip: 198.51.100.12']).text);
    expect(faults).toMatchObject([
      {
        path: 'availabilityGroup.listener.addresses',
        message: expect.stringContaining('none in the network of SSIS-NODE-2 (198.51.100.12)') as string,
      },
    ]);
    const moved = await faultsOf(
      siteWith(['addresses: [{ ip: 192.0.2.22 }]', 'addresses: [{ ip: 198.51.100.22 }]']).text,
    );
    expect(moved).toMatchObject([{ path: 'scaleOutMaster.addresses[0].ip' }]);
  });

  test('is refused whole, with all faults in the message', async () => {
    const path = await siteFile(siteWith(...TEN).text);
    expect(() => readSiteFile(path)).toThrow(SiteFaults);
    expect(() => readSiteFile(path)).toThrow(/10 faults[\s\S]*product\.version[\s\S]*selfApproval/);
  });
});

describe('the line that a fault stands on', () => {
  test('is shown up to its comment, and the column is that of the value', async () => {
    const [fault] = await faultsOf(siteWith(['port: 1433    ', 'port: 143300']).text);
    expect(fault?.text).toBe('  port: 143300');
    expect(fault?.text?.slice((fault?.column ?? 0) - 1)).toBe('143300');
  });

  test('is shown whole where a quotation holds what looks like a comment', async () => {
    const [fault] = await faultsOf(siteWith(['ip: 192.0.2.12 }', "ip: 'a # b' } # c"]).text);
    expect(fault?.text).toBe("  - { name: SSIS-NODE-2, ip: 'a # b' }");
  });

  test('is shown in a text that breaks further down, and where it breaks with known keys alone', async () => {
    const faults = await faultsOf(
      siteWith(['ip: 192.0.2.12', 'ip: no'], ['retentionDays: 30', 'retentionDays: "30']).text,
    );
    expect(faults[0]?.text).toBe('  - { name: SSIS-NODE-2, ip: no }');
    const [tab] = await faultsOf(siteWith(['  retentionDays: 30', '  retentionDays: @30']).text);
    expect(tab).toMatchObject({ text: '  retentionDays: @30', column: 18 });
  });

  test.each([
    ['a password stands on it, or its reference', 'EXAMPLE\\svc-engine', 'nobody'],
    ['a key stands on it that nobody knows', 'retentionDays: 30', 'retainDays: 30'],
  ])('is not shown where %s', async (_why, right, wrong) => {
    const faults = await faultsOf(siteWith([right, wrong]).text);
    expect(faults.map(({ text }) => text)).toContain(null);
  });

  test('is none where a whole part is missing', async () => {
    const { text } = siteWith(['tls: { verify: true, authorities: file:pki/root.pem }\n', '']);
    expect(await faultsOf(text)).toMatchObject([{ path: 'tls', text: null }]);
  });

  test('comes with warnings, too', async () => {
    const { text } = siteWith(['verify: true', 'verify: false']);
    const { warnings } = examineSiteFile(await siteFile(text));
    expect(warnings).toMatchObject([{ text: 'tls: { verify: false, authorities: file:pki/root.pem }' }]);
  });
});

describe('a text that is no good YAML', () => {
  test('tells where it breaks, and the faults before that', async () => {
    const { text, lines } = siteWith(['version: 2022', 'version: 2020'], ['cluster:\n', 'cluster: [\n']);
    const faults = await faultsOf(text);
    expect(faults[0]).toMatchObject({ line: lines[0], path: 'product.version' });
    expect(
      faults
        .slice(1)
        .some(({ line, message }) => line > (lines[1] ?? 0) && message.includes('no valid YAML')),
    ).toBe(true);
    expect(faults.some(({ message }) => message === 'is missing')).toBe(false);
  });

  test('tells of a key that stands twice, and goes on', async () => {
    const faults = await faultsOf(
      siteWith(['retentionDays: 30', 'retentionDays: 30\n  retentionDays: 0'], ['years: 3', 'years: 0']).text,
    );
    expect(faults.map(({ message }) => message)).toEqual([
      'the key retentionDays stands twice in the same map: remove one',
      '0 is less than 1',
      '0 is less than 1',
    ]);
  });

  test.each(['', 'hello', '- a\n- b\n'])('is refused when it holds no keys: %j', async (text) => {
    expect(await faultsOf(text)).toHaveLength(1);
  });
});

describe('a secret that stands where only its reference may', () => {
  const SECRET = 'Sw0rdfish';
  test.each([
    ['as a value', 'file:secrets/operator', SECRET],
    ['below a key that is misspelt', 'password: file:secrets/operator', `pasword: ${SECRET}`],
    ['below a key that nobody knows', 'password: file:secrets/operator', `pin: ${SECRET}`],
    ['as a map', 'password: file:secrets/operator', `password: { value: ${SECRET} }`],
    ['as what YAML takes for an alias', 'file:secrets/operator', `*${SECRET}`],
    ['as what YAML takes for a tag', 'file:secrets/operator', `!${SECRET}`],
    ['as a quotation that never ends', 'file:secrets/operator', `"${SECRET}`],
    ['as a text of several lines', 'file:secrets/operator', `|\n    ${SECRET}`],
    ['in braces that never end', 'file:secrets/operator', `{ ${SECRET}`],
    ['behind a key without its colon', 'password: file:secrets/operator', `pin ${SECRET}`],
    ['behind a tab', '  password: file:secrets/operator', `\tpin: ${SECRET}`],
    ['in a list', 'password: file:secrets/operator', `pasword:\n    - ${SECRET}`],
    ['behind a map that has ended', '{ spn: check }', `{ spn: check } pin: ${SECRET}`],
    ['in the place of a map', '{ spn: check }', SECRET],
    ['as an anchor', 'account: EXAMPLE\\svc-runbook', `account: &${SECRET} nobody`],
    [
      'in a quotation of another value',
      'EXAMPLE\\svc-runbook\n  password: file:secrets/operator',
      `'EXAMPLE\\x\n  pasword: ${SECRET}`,
    ],
    [
      'beside a value that is wrong',
      'account: EXAMPLE\\svc-engine, password: file:secrets/engine',
      `account: nobody, password: ${SECRET}`,
    ],
    ['in a comment', 'retentionDays: 30', `retentionDays: none # ${SECRET}`],
  ])('is never shown: %s', async (_how, right, wrong) => {
    const path = await siteFile(siteWith([right, wrong]).text);
    const { faults } = examineSiteFile(path);
    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain(SECRET);
    expect(() => readSiteFile(path)).not.toThrow(SECRET);
  });
});

test('A site file that is not there is named, with the way to get one', () => {
  expect(() => readSiteFile('/nowhere/site.yaml')).toThrow('/nowhere/site.yaml does not exist');
});
