import { existsSync } from 'node:fs';
import { loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { OperatorError } from '../../activities/failures.ts';
import type { Environment } from './run-program.ts';
import { reasonOf } from './reason.ts';

/** Which server to speak to. Left empty, `TEMPORAL_*` variables and profiles decide, as for the vendor's own program. */
export interface ServerChoice {
  /** host:port; overrides the address of the environment and the profile, and nothing else of them. */
  readonly address?: string;
  /**
   * host:port of a dev server that was started here. It has no TLS, no key and the namespace "default", and nothing
   * that the environment or a profile says of another server is sent to it.
   */
  readonly embedded?: string;
  readonly env?: Environment;
}

/** What the choice came to. Holds the key and the certificates: not for logs. */
export interface ServerSettings {
  readonly address: string;
  /** Who named the address, in words: `TEMPORAL_ADDRESS`, `the profile "prod"`. */
  readonly addressFrom: string;
  readonly namespace: string;
  readonly namespaceFrom: string;
  readonly options: ClientConnectConfig['connectionOptions'];
}

const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_NAMESPACE = 'default';

/**
 * Resolves a choice to an address, a namespace and the options of a connection.
 * Throws an `OperatorError` when the profile or a certificate cannot be read.
 *
 * Source: `@temporalio/envconfig` 1.24.0, `envconfig-toml.ts`: variables win over the profile, the profile is
 * `TEMPORAL_PROFILE` or "default".
 */
export function resolveServer({ address, embedded, env = process.env }: ServerChoice): ServerSettings {
  if (embedded !== undefined) return embeddedServer(embedded);
  const variables = meaningful(env);
  const { profile, connect } = load(variables);
  const profileName = `the profile "${variables['TEMPORAL_PROFILE'] ?? 'default'}"`;
  const chosen = firstNamed([
    [address, 'the command line'],
    [variables['TEMPORAL_ADDRESS'], 'TEMPORAL_ADDRESS'],
    [profile.address, profileName],
    [DEFAULT_ADDRESS, 'the default of Temporal'],
  ]);
  const namespace = firstNamed([
    [variables['TEMPORAL_NAMESPACE'], 'TEMPORAL_NAMESPACE'],
    [profile.namespace, profileName],
    [DEFAULT_NAMESPACE, 'the default of Temporal'],
  ]);
  return {
    address: chosen.value,
    addressFrom: chosen.from,
    namespace: namespace.value,
    namespaceFrom: namespace.from,
    options: { ...connect.connectionOptions, address: chosen.value },
  };
}

/** The server that the environment or a profile names; null when neither does, so that one may be started here. */
export function configuredServer(env: Environment = process.env): ServerSettings | null {
  const settings = resolveServer({ env });
  return settings.addressFrom === 'the default of Temporal' ? null : settings;
}

function embeddedServer(address: string): ServerSettings {
  const from = 'the server that was started here';
  const namespace = DEFAULT_NAMESPACE;
  return { address, addressFrom: from, namespace, namespaceFrom: from, options: { address } };
}

/**
 * An empty variable is one that somebody wanted to be unset; the library would take it for an address.
 * Empty `TEMPORAL_GRPC_META_*` have a meaning of their own: they take a header of the profile away.
 */
function meaningful(env: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (entry[1] !== '' || entry[0].startsWith('TEMPORAL_GRPC_META_')),
  );
  return Object.fromEntries(entries);
}

interface Loaded {
  readonly profile: { readonly address?: string | undefined; readonly namespace?: string | undefined };
  readonly connect: ClientConnectConfig;
}

function load(variables: Readonly<Record<string, string>>): Loaded {
  const file = variables['TEMPORAL_CONFIG_FILE'];
  try {
    // The library takes a file that is not there for an empty one, and would go to localhost.
    if (file !== undefined && !existsSync(file)) throw new Error(`there is no file ${file}`);
    const profile = loadClientConfigProfile({ overrideEnvVars: { ...variables } });
    return { profile, connect: toClientOptions(profile) };
  } catch (error) {
    throw new OperatorError(
      `The settings of the Temporal connection cannot be read: ${withoutQuotation(error)}`,
      `Correct ${file ?? 'the configuration file'}, TEMPORAL_PROFILE or the TEMPORAL_TLS_* variable that it speaks of.`,
    );
  }
}

/** A syntax error of the TOML reader quotes the lines around it, and a key may stand there. */
function withoutQuotation(error: unknown): string {
  if (!(error instanceof Error) || !('line' in error) || !('column' in error)) return reasonOf(error);
  return `the configuration file is no valid TOML at line ${String(error.line)}, column ${String(error.column)}`;
}

interface Named {
  readonly value: string;
  readonly from: string;
}

function firstNamed(candidates: readonly (readonly [string | undefined, string])[]): Named {
  for (const [value, from] of candidates) {
    if (value !== undefined && value !== '') return { value, from };
  }
  throw new Error('No candidate has a value');
}
