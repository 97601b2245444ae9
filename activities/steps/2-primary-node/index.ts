import type { Chapter } from '../chapter.ts';
import { backUpMasterKey } from './back-up-master-key.ts';
import { checkExecutionMode } from './check-execution-mode.ts';
import { configureEngine } from './configure-engine.ts';
import { createMasterCertificate } from './create-master-certificate.ts';
import { createSsisdb } from './create-ssisdb.ts';
import { enableClr } from './enable-clr.ts';
import { enableScaleOut } from './enable-scale-out.ts';
import { grantMasterAccount } from './grant-master-account.ts';
import { installOnPrimary } from './install-on-primary.ts';
import { openFirewall } from './open-firewall.ts';
import { setCatalogProperties } from './set-catalog-properties.ts';
import { shareMasterCertificate } from './share-master-certificate.ts';

export const primaryNode: Chapter = {
  number: 2,
  title: 'Primary node: engine, Integration Services, Scale Out Master',
  steps: [
    openFirewall,
    createMasterCertificate,
    shareMasterCertificate,
    installOnPrimary,
    configureEngine,
    enableClr,
    createSsisdb,
    setCatalogProperties,
    checkExecutionMode,
    backUpMasterKey,
    enableScaleOut,
    grantMasterAccount,
  ],
};
