import { createHash } from 'node:crypto';
import { z } from 'zod';
import type * as lines from '../../activities/scripts/lines/certificates.ts';
import type { Certificate } from '../model/estate.ts';
import { readFile, removeFile, writeFile } from '../model/files.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getCertificates: {
    target: ({ dnsName }) => dnsName,
    answer: ({ host }, { store, dnsName }) => ({
      certificates: host.certificates
        .filter((certificate) => certificate.store === store && hasName(certificate, dnsName))
        .map(({ thumbprint, subject, issuer, dnsNames, notAfter, hasPrivateKey, isAuthority, serverAuthentication }) => ({
          thumbprint,
          subject,
          issuer,
          dnsNames: [...dnsNames],
          notAfterMs: Date.parse(notAfter),
          hasPrivateKey,
          isAuthority,
          isForServers: serverAuthentication,
        })),
    }),
  },
  createMasterCertificate: {
    target: ({ fullName }) => fullName,
    answer: (scene, { fullName, shortName, years, pfx, pfxPassword }) => {
      requireAdministrator(scene);
      const subject = `CN=${fullName}`;
      const made: Certificate = {
        store: 'Root',
        thumbprint: thumbprintOf(`${subject} ${scene.nextId()}`),
        subject,
        issuer: subject,
        dnsNames: [fullName, shortName],
        notAfter: inYears(scene.now, years),
        hasPrivateKey: true,
        exportable: false,
        isAuthority: false,
        serverAuthentication: true,
        keyReaders: [],
      };
      if (readFile(scene, pfx)) throw new PowerShellRefusal(`The file ${pfx} exists`, 'NoClobber', 'ResourceExists');
      writeFile(scene, pfx, pfxContent(scene, made, pfxPassword));
      scene.host.certificates.push(made);
      return {};
    },
  },
  removeCertificate: {
    target: ({ thumbprint }) => thumbprint,
    answer: (scene, { store, thumbprint }) => {
      requireAdministrator(scene);
      const { host } = scene;
      host.certificates = host.certificates.filter(
        (certificate) => certificate.store !== store || certificate.thumbprint !== thumbprint,
      );
      return {};
    },
  },
  getFile: {
    target: ({ path }) => path,
    answer: (scene, { path }) => ({ exists: readFile(scene, path) !== null }),
  },
  removeFile: {
    target: ({ path }) => path,
    answer: (scene, { path }) => {
      removeFile(scene, path);
      return {};
    },
  },
};

/** A PFX holds the certificate with its key, behind a password. */
export function pfxContent(scene: Scene, certificate: Certificate, password: string): string {
  return scene.seal(JSON.stringify({ certificate, password }));
}

const pfxShape = z.object({ certificate: z.custom<Certificate>((value) => typeof value === 'object'), password: z.string() });

/** Source: *Import-PfxCertificate*: a wrong password is refused (ERROR_INVALID_PASSWORD, 86). */
export function openPfx(scene: Scene, path: string, password: string): Certificate {
  const file = readFile(scene, path);
  if (!file) throw new PowerShellRefusal(`The file ${path} was not found`, 'FileNotFound', 'ObjectNotFound', -2147024894);
  const pfx = pfxShape.parse(JSON.parse(scene.unseal(file.content)));
  if (pfx.password !== password) throw new PowerShellRefusal(`The password of ${path} is wrong`, 'InvalidPassword', 'AuthenticationError', -2147024810);
  return pfx.certificate;
}

export function thumbprintOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').toUpperCase();
}

function hasName({ dnsNames }: Certificate, name: string): boolean {
  return dnsNames.some((known) => known.toLowerCase() === name.toLowerCase());
}

function inYears(now: number, years: number): string {
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end.toISOString();
}
