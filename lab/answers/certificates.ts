import { z } from 'zod';
import type * as lines from '../../activities/scripts/lines/certificates.ts';
import { cerContent, readCer } from '../model/cer.ts';
import type { Certificate } from '../model/estate/host.ts';
import { readFile, removeFile, writeFile } from '../model/files.ts';
import { selfSigned } from '../model/master-certificate.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';
import { requireAdministrator } from './host.ts';

/** Source: KB 2802568, ClientAuthTrustMode. */
const TRUST_MODE =
  'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\ClientAuthTrustMode';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getCertificates: {
    target: ({ dnsName }) => dnsName,
    answer: ({ host }, { store, dnsName }) => ({
      certificates: host.certificates
        .filter((certificate) => certificate.store === store && hasName(certificate, dnsName))
        .map(asFound),
    }),
  },
  getForeignRoots: {
    target: () => 'Root',
    answer: ({ host }) => ({
      certificates: host.certificates
        .filter(({ store, subject, issuer }) => store === 'Root' && subject !== issuer)
        .map(({ thumbprint, subject, issuer }) => ({ thumbprint, subject, issuer })),
      isBorne: host.registry[TRUST_MODE] === 2,
    }),
  },
  getHttpBinding: {
    target: ({ port }) => String(port),
    answer({ host }, { port }) {
      const { thumbprint = null, store = null } = host.sslBindings[`0.0.0.0:${port}`] ?? {};
      return { thumbprint, store };
    },
  },
  getShares: {
    target: ({ paths }) => paths.join(', '),
    answer: ({ estate, account }, { paths }) => ({
      shares: paths.map((path) => {
        const share = estate.shares[path];
        if (!share) return { path, state: 'missing' as const };
        const isOpen = share.fullControl.some((name) => name.toLowerCase() === account.toLowerCase());
        return { path, state: isOpen ? ('open' as const) : ('closed' as const) };
      }),
    }),
  },
  getCertificateFile: {
    target: ({ path }) => path,
    answer: (scene, { path }) => {
      const file = readFile(scene, path);
      return { thumbprint: file ? readCer(file.content).thumbprint : null };
    },
  },
  createMasterCertificate: {
    target: ({ fullName }) => fullName,
    answer: (scene, { fullName, shortName, years, pfx, pfxPassword }) => {
      requireAdministrator(scene);
      const made = selfSigned({ fullName, shortName, years }, String(scene.nextId()), scene.now);
      if (readFile(scene, pfx))
        throw new PowerShellRefusal(`The file ${pfx} exists`, 'NoClobber', 'ResourceExists');
      writeFile(scene, pfx, pfxContent(scene, made, pfxPassword));
      scene.host.certificates.push(made);
      return {};
    },
  },
  importMasterCertificate: {
    target: ({ pfx }) => pfx,
    answer: (scene, { dnsNames, pfx, pfxPassword }) => {
      requireAdministrator(scene);
      const certificate = openPfx(scene, pfx, pfxPassword);
      const { hasPrivateKey, isAuthority, serverAuthentication, subject, issuer } = certificate;
      if (!hasPrivateKey) throw new PowerShellRefusal(`${pfx} holds no certificate with a key`);
      const missing = dnsNames.find((name) => !hasName(certificate, name));
      if (missing !== undefined)
        throw new PowerShellRefusal(`The certificate in ${pfx} does not name ${missing}`);
      if (subject !== issuer) throw new PowerShellRefusal(`The certificate in ${pfx} is not self-signed`);
      if (isAuthority || !serverAuthentication) {
        throw new PowerShellRefusal(`The certificate in ${pfx} is not for server authentication alone`);
      }
      const { host } = scene;
      host.certificates = host.certificates.filter(
        (known) => known.store !== 'Root' || known.thumbprint !== certificate.thumbprint,
      );
      host.certificates.push({ ...certificate, store: 'Root', exportable: false, keyReaders: [] });
      return {};
    },
  },
  publishCertificate: {
    target: ({ thumbprint }) => thumbprint,
    answer: (scene, { store, thumbprint, path }) => {
      const certificate = scene.host.certificates.find(
        (known) => known.store === store && known.thumbprint === thumbprint,
      );
      if (!certificate)
        throw new PowerShellRefusal(`${thumbprint} is not in ${store}`, 'PathNotFound', 'ObjectNotFound');
      writeFile(scene, path, cerContent(certificate));
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
  copyFile: {
    target: ({ to }) => to,
    answer: (scene, { from, to }) => {
      const file = readFile(scene, from);
      if (!file)
        throw new PowerShellRefusal(
          `The file ${from} was not found`,
          'FileNotFound',
          'ObjectNotFound',
          -2147024894,
        );
      if (readFile(scene, to))
        throw new PowerShellRefusal(`The file ${to} exists`, 'FileExists', 'ResourceExists', -2147024816);
      writeFile(scene, to, file.content);
      return {};
    },
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

const pfxShape = z.object({
  certificate: z.custom<Certificate>((value) => typeof value === 'object'),
  password: z.string(),
});

/** Source: *Import-PfxCertificate*: a wrong password is refused (ERROR_INVALID_PASSWORD, 86). */
export function openPfx(scene: Scene, path: string, password: string): Certificate {
  const file = readFile(scene, path);
  if (!file)
    throw new PowerShellRefusal(
      `The file ${path} was not found`,
      'FileNotFound',
      'ObjectNotFound',
      -2147024894,
    );
  const pfx = pfxShape.parse(JSON.parse(scene.unseal(file.content)));
  if (pfx.password !== password)
    throw new PowerShellRefusal(
      `The password of ${path} is wrong`,
      'InvalidPassword',
      'AuthenticationError',
      -2147024810,
    );
  return pfx.certificate;
}

/** Source: object identifiers of the enhanced key usages, RFC 5280, 4.2.1.12. */
function asFound(certificate: Certificate) {
  const {
    thumbprint,
    subject,
    issuer,
    dnsNames,
    notAfter,
    hasPrivateKey,
    isAuthority,
    serverAuthentication,
  } = certificate;
  return {
    thumbprint,
    subject,
    issuer,
    dnsNames: [...dnsNames],
    notAfterMs: Date.parse(notAfter),
    hasPrivateKey,
    isAuthority,
    isForServers: serverAuthentication,
    usages: [serverAuthentication ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2'],
    canSign: isAuthority,
  };
}

function hasName({ dnsNames }: Certificate, name: string): boolean {
  return dnsNames.some((known) => known.toLowerCase() === name.toLowerCase());
}
