import type { Chapter } from '../chapter.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkCertificates } from './check-certificates.ts';
import { checkHost } from './check-host.ts';
import { checkInstalled } from './check-installed.ts';
import { checkMedia } from './check-media.ts';
import { checkNames } from './check-names.ts';
import { checkPorts } from './check-ports.ts';
import { checkRestart } from './check-restart.ts';
import { checkRights } from './check-rights.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkShares } from './check-shares.ts';
import { checkSignIn } from './check-sign-in.ts';
import { checkSite } from './check-site.ts';
import { checkSpns } from './check-spns.ts';
import { checkTrustedRoots } from './check-trusted-roots.ts';

export const preflight: Chapter = {
  number: 0,
  title: 'Preflight: what can be found before anything is changed',
  steps: [
    checkHost,
    checkRestart,
    checkSecrets,
    checkMedia,
    checkAccounts,
    checkRights,
    checkSpns,
    checkCertificates,
    checkTrustedRoots,
    checkShares,
    checkPorts,
    checkSignIn,
    checkInstalled,
    checkNames,
    checkSite,
  ],
};
