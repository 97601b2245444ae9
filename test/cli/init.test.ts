import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askForSite } from '../../src/cli/site-questions.ts';
import { SITE_TEMPLATE, siteText } from '../../src/cli/site-template.ts';
import { examineSiteFile, readSiteFile } from '../../src/site-file.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';

/** Somebody who answers a question by its beginning, each answer once, and takes what is given elsewhere. */
async function interview(...answers: readonly (readonly [question: string, answer: string])[]) {
  const left = [...answers];
  const questions: string[] = [];
  const told: string[] = [];
  const site = await askForSite({
    ask: (question) => {
      questions.push(question);
      const at = left.findIndex(([beginning]) => question.startsWith(beginning));
      return Promise.resolve(at < 0 ? '' : (left.splice(at, 1)[0]?.[1] ?? ''));
    },
    tell: (line) => void told.push(line.trim()),
  });
  return { text: siteText(site), questions, told, left };
}

async function written(text: string): Promise<string> {
  const path = join(await temporaryDirectory(), 'site.yaml');
  await writeFile(path, text);
  return path;
}

describe('the questions of init', () => {
  test('lead to the template where Enter answers all of them', async () => {
    const { text, told } = await interview();
    expect(text).toBe(SITE_TEMPLATE);
    expect(told).toEqual([]);
  });

  test('lead to a site file without faults, with the answers in it', async () => {
    const { text, told, left } = await interview(
      ['Name of the site', 'ssis-prod-fra'],
      ['DNS name', 'contoso.com'],
      ['SQL Server', '2019'],
      ['Name of node 1', 'SQLSSIS-A'],
      ['Address of SQLSSIS-A', '10.20.30.11'],
      ['Name of node 3', 'SQLSSIS-C'],
      ['Address of SQLSSIS-C', '10.20.40.11'],
      ['Name of worker 1', 'SSISWRK-1'],
      ['Name of worker 2', '-'],
      ['Account as which', 'CONTOSO\\gmsa-run$'],
      ['Account of the workers', "CONTOSO\\svc-o'hara"],
    );
    expect([told, left]).toEqual([[], []]);
    const path = await written(text);
    expect(examineSiteFile(path).faults).toEqual([]);
    expect(readSiteFile(path).site).toMatchObject({
      site: 'ssis-prod-fra',
      product: { version: 2019, build: expect.stringMatching(/^15\./) as string },
      directory: { domain: 'contoso.com', netbios: 'CONTOSO', ou: 'OU=SSIS,OU=Servers,DC=contoso,DC=com' },
      operator: { account: 'CONTOSO\\gmsa-run$', sqlAuthentication: 'integrated' },
      nodes: [{ name: 'SQLSSIS-A', first: true }, { name: 'SQLSSIS-B', ip: '10.20.30.12' }, { first: false }],
      workers: [{ name: 'SSISWRK-1', ip: '10.20.30.31' }],
      accounts: { worker: { account: "CONTOSO\\svc-o'hara", password: expect.anything() as string } },
      availabilityGroup: { listener: { addresses: [{ ip: '10.20.30.21' }, { ip: '10.20.40.21' }] } },
      scaleOutMaster: { addresses: [{ ip: '10.20.30.22' }, { ip: '10.20.40.22' }] },
    });
  });

  test.each([
    ['Name of the site', 'Prod', '"Prod" is not a site name: lower-case letters, digits, hyphens'],
    ['SQL Server', '2020', '"2020" is none of 2017, 2019, 2022'],
    ['Build', '15.0.4420.2', 'product.build: is no build of SQL Server 2022 (16.x)'],
    ['Name of node 1', 'A_B', '"A_B" is not a host name: letters, digits and inner hyphens'],
    ['Name of node 2', 'ssis-node-1', 'nodes[1].name: is taken by nodes[0].name: each needs its own'],
    ['Name of worker 2', 'no more', '"no more" is not a host name: letters, digits and inner hyphens'],
    ['Address of SSIS-NODE-1', 'here', '"here" is not an IPv4 address'],
    ['Address of the listener', '192.0.2.21', '"192.0.2.21" is not a network such as 10.20.31.0/24'],
    ['Address of the cluster', '10.0.0.1', 'cluster.ip: lies in no network of the nodes: 192.0.2.0/24'],
    ['Name of the cluster', 'SSISDB-AG', 'availabilityGroup.listener.name: is taken by cluster.name: each'],
    ['Account of the engine', 'svc', '"svc" is not an account such as CONTOSO\\svc-sql'],
  ])('are asked again after what cannot be: %s: %s', async (question, answer, words) => {
    const { told, questions, text } = await interview([question, answer]);
    expect(told).toEqual([expect.stringContaining(words)]);
    expect(questions.filter((asked) => asked.startsWith(question))).toHaveLength(2);
    expect(text).toBe(SITE_TEMPLATE);
  });

  test('take a node for a worker with the address that it has', async () => {
    const { text } = await interview(['Name of worker 1', 'SSIS-NODE-1'], ['Name of worker 2', '-']);
    expect(text).toContain('- { name: SSIS-NODE-1, ip: 192.0.2.11, maxTasks: 10 }');
    expect(examineSiteFile(await written(text)).faults).toEqual([]);
  });

  test('quote what YAML would take for something else', async () => {
    const { text } = await interview(['Name of the site', 'null'], ['Name of node 1', '1234']);
    const { site } = readSiteFile(await written(text));
    expect([site.site, site.nodes[0]?.name]).toEqual(['null', '1234']);
  });
});
