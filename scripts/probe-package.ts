import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Where the readable parts of the probe project lie. */
const PARTS = new URL('../activities/scripts/probe-package', import.meta.url).pathname;
const NAMES = ['Probe.dtsx', 'Project.params', '@Project.manifest', '[Content_Types].xml'] as const;

/**
 * The text of `activities/scripts/probe-package.ts`: the probe project as SSISDB takes it, an archive of its
 * parts, in hexadecimal. Parts are stored and not compressed, and carry no time: the same parts make the same
 * bytes wherever they are put together.
 *
 * Source: [MS-ISPAC], section 2 (parts of a project file); APPNOTE.TXT - .ZIP File Format Specification, 4.3.
 */
export function probePackageModule(): string {
  const written = NAMES.map((name) => readFileSync(join(PARTS, name), 'utf8').replaceAll('\r\n', '\n'));
  const version = versionOf(written.join('\0'));
  const parts = NAMES.map((name, at) => ({
    name: Buffer.from(name),
    content: Buffer.from((written[at] ?? '').replaceAll('%VERSION%', version)),
  }));
  const lines =
    archive(parts)
      .toString('hex')
      .toUpperCase()
      .match(/.{1,100}/g) ?? [];
  return [
    '/** Made of the files in `probe-package/` by `scripts/build-probe-package.ts`; never change it by hand. */',
    'export const probePackage = {',
    '  /** Of the package `Probe.dtsx`, as `catalog.packages` shows it; another content is another version. */',
    `  version: '${version.slice(1, -1)}',`,
    '  /** The project file (.ispac) in hexadecimal. */',
    '  hex: [',
    ...lines.map((line) => `    '${line}',`),
    "  ].join(''),",
    '} as const;',
    '',
  ].join('\n');
}

/** A GUID made of the content. Source: RFC 9562, section 5.8 (version 8: custom). */
function versionOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex').toUpperCase();
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}

interface Part {
  readonly name: Buffer;
  readonly content: Buffer;
}

function archive(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const body = Buffer.concat([localHeader(part), part.name, part.content]);
    directory.push(Buffer.concat([directoryHeader(part, offset), part.name]));
    bodies.push(body);
    offset += body.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  return Buffer.concat([...bodies, ...directory, endOfDirectory(parts.length, size, offset)]);
}

/** The first day that the format knows: 1 January 1980. */
const DATE = 0x0021;
const VERSION_NEEDED = 20;

function localHeader({ name, content }: Part): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION_NEEDED, 4);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt32LE(crc32(content), 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return header;
}

function directoryHeader({ name, content }: Part, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION_NEEDED, 4);
  header.writeUInt16LE(VERSION_NEEDED, 6);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(crc32(content), 16);
  header.writeUInt32LE(content.length, 20);
  header.writeUInt32LE(content.length, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return header;
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
