import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freeSubnet, loopbackFor, RESERVED_PORT } from './addresses.ts';
import { beginningNamed, beginnings } from './beginnings/index.ts';
import { questionsOf, type LabParts } from './questions.ts';
import type { Site } from '../activities/site.ts';
import { Laboratory } from './laboratory.ts';
import { buildEstate } from './model/build-estate.ts';
import type { Estate } from './model/estate.ts';
import { machineCertificate, namesOfMachine } from './model/machine-certificate.ts';
import { openPki, type Pki } from './pki.ts';
import { readLabSite } from './read-site.ts';
import { endingOf } from './scenarios/endings.ts';
import { scenarios } from './scenarios/index.ts';
import { Practice } from './scenarios/practice.ts';
import { sealerFrom, type Sealer } from './sealed.ts';
import { shellHello, ShellLine } from './shell-server.ts';
import { SqlEndpoints } from './sql-endpoints.ts';
import { shelfIn, Store, type LabState } from './store.ts';
import { readLines, writeLine } from './wire.ts';

/** Lines of the shells that stand on the estate's hosts: they end with the lab. */
const shells = new Set<Socket>();

/** Keeps a simulated estate in a folder and serves it until it is told to end. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      site: { type: 'string' },
      pace: { type: 'string' },
      scenario: { type: 'string', multiple: true, default: [] },
      estate: { type: 'string' },
      'list-scenarios': { type: 'boolean', default: false },
      'list-estates': { type: 'boolean', default: false },
    },
  });
  if (values['list-scenarios']) return listScenarios();
  if (values['list-estates']) return listEstates();
  const { dir, site, pace, estate } = values;
  if (!dir || !site) throw new Error('usage: lab --dir DIR --site FILE [--pace N] [--estate NAME]');
  const folder = join(dir, 'lab');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sealer = sealerFrom(join(folder, 'key'));
  const pki = await openPki(join(folder, 'pki'));
  const fresh = await freshState(site, estate ?? null, folder, { sealer, pki });
  const store = new Store(shelfIn(folder), () => fresh.state);
  if (pace !== undefined) store.state.pace = Number(pace);
  const laboratory = new Laboratory(store, sealer, fresh.site.operator.account);
  const loopback = (ip: string) => loopbackFor(ip, store.state.subnet, store.state.loopback);
  const endpoints = new SqlEndpoints(laboratory, sealer, pki, loopback);
  laboratory.on('changed', () => writeNames(folder, store.state.estate, loopback));
  writeNames(folder, store.state.estate, loopback);
  laboratory.tick();
  await endpoints.sync();
  const reserved = createServer().listen(RESERVED_PORT, `${store.state.subnet}.1`);
  const practice = new Practice(laboratory, fresh.site, sealer);
  values.scenario.forEach((name) => practice.add(name));
  const server = await listen({ laboratory, endpoints, practice }, store, folder);
  store.save();
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid })}\n`);
  await ended();
  laboratory.close();
  shells.forEach((shell) => writeLine(shell, { type: 'cut' }));
  server.close();
  reserved.close();
  await endpoints.close();
  process.exit(0);
}

function listScenarios(): void {
  const told = scenarios.map(({ name, title: description, source, on, needs }) => ({
    name,
    description,
    source,
    on,
    needs: needs ? `${needs.part}.${needs.key}: ${needs.value}` : null,
    ...endingOf(name),
  }));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

function listEstates(): void {
  process.stdout.write(`${JSON.stringify(beginnings.map(({ name, title }) => ({ name, title })))}\n`);
}

interface Keys {
  readonly sealer: Sealer;
  readonly pki: Pki;
}

async function freshState(
  siteFile: string,
  beginning: string | null,
  folder: string,
  { sealer, pki }: Keys,
): Promise<{ readonly state: LabState; readonly site: Site }> {
  const { site, secret, authorities } = readLabSite(siteFile);
  if (authorities !== null) pki.publish(authorities);
  const subnet = await freeSubnet(folder);
  // The first address is the lab's own.
  const loopback: Record<string, string> = { lab: `${subnet}.1` };
  const building = { ...sealer, site, secret, now: Date.now(), addressOf: () => '' };
  const estate = buildEstate(building);
  for (const host of Object.values(estate.hosts)) {
    host.address = loopbackFor(host.ip, subnet, loopback);
    if (!site.nodes.some((node) => node.name === host.name)) continue;
    const names = namesOfMachine(host.name, site);
    host.certificates.push(
      machineCertificate(host.name, site, await pki.issue(names[0] ?? host.name, names)),
    );
  }
  if (beginning !== null) beginningNamed(beginning).build(estate, building);
  const state = {
    estate,
    faults: [],
    seq: 0,
    answered: {},
    lastEntry: null,
    port: 0,
    pace: 1,
    subnet,
    loopback,
  };
  return { state, site };
}

async function listen(parts: LabParts, store: Store, folder: string): Promise<Server> {
  const token = randomBytes(24).toString('hex');
  const server = createServer((socket) => attend(socket, token, parts));
  server.listen(store.state.port, '127.0.0.1');
  await once(server, 'listening').catch(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The lab could not listen on 127.0.0.1');
  store.state.port = address.port;
  writeWhole(join(folder, 'access.json'), JSON.stringify({ port: address.port, token }));
  return server;
}

/** The first line says who calls; the token proves that the caller may read this lab's folder. */
function attend(socket: Socket, token: string, parts: LabParts): void {
  let shell: ShellLine | null = null;
  socket.on('error', () => socket.destroy());
  readLines(socket, (message) => {
    if (shell) return void shell.heard(message).catch(() => socket.destroy());
    if (!isFrom(token, message)) return void socket.destroy();
    const hello = shellHello.safeParse(message);
    if (hello.success) {
      shells.add(socket);
      socket.once('close', () => shells.delete(socket));
      shell = new ShellLine(parts, socket, hello.data);
    } else {
      questionsOf(socket, message, parts);
    }
  });
}

function isFrom(token: string, message: unknown): boolean {
  return message !== null && typeof message === 'object' && 'token' in message && message.token === token;
}

/** Full names of hosts and of what the cluster and the groups have brought into DNS → loopback addresses. */
function writeNames(folder: string, estate: Estate, loopback: (ip: string) => string): void {
  const names: Record<string, string[]> = {};
  for (const [name, { addresses }] of Object.entries(estate.directory.dns)) {
    const leads = addresses.map(loopback);
    names[`${name}.${estate.directory.domain}`.toLowerCase()] = leads;
    names[name] = leads;
  }
  writeWhole(join(folder, 'names.json'), JSON.stringify(names));
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(end, () => resolve());
  });
}

await main();
