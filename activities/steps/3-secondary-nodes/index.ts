import type { Chapter } from '../chapter.ts';
import { checkNodesMatch } from './check-nodes-match.ts';
import { clearExchange } from './clear-exchange.ts';
import { configureEngineOnSecondary } from './configure-engine-on-secondary.ts';
import { createMasterLogin } from './create-master-login.ts';
import { holdMasterService } from './hold-master-service.ts';
import { importMasterCertificate } from './import-master-certificate.ts';
import { installOnSecondary } from './install-on-secondary.ts';
import { setServerMemory } from './set-server-memory.ts';

export const secondaryNodes: Chapter = {
  number: 3,
  title: 'Secondary nodes',
  steps: [
    importMasterCertificate,
    installOnSecondary,
    clearExchange,
    configureEngineOnSecondary,
    createMasterLogin,
    setServerMemory,
    holdMasterService,
    checkNodesMatch,
  ],
};
