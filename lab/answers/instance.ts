import type * as lines from '../../activities/scripts/lines/instance.ts';
import { PowerShellRefusal, type PowerShellAnswers, type SqlAnswers } from '../scene.ts';

const nothingMeant = () => '';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  // Connections live in the shell, whose line leads them to an engine (`integrated-sessions.ts`).
  invokeSql: {
    target: ({ server }) => server,
    answer: (_scene, { server }) => {
      throw new PowerShellRefusal(`No shell keeps a connection to ${server} here`);
    },
  },
  closeSql: { target: nothingMeant, answer: () => ({}) },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  // The fence lives in the session, which its engine keeps (`engine-sessions.ts`); here it only has an answer.
  releaseFence: { target: nothingMeant, answer: () => ({}) },

  getInstance: {
    target: nothingMeant,
    answer: ({ estate, host, instance: engine }) => ({
      serverName: engine.name === 'MSSQLSERVER' ? host.name : `${host.name}\\${engine.name}`,
      version: engine.version,
      edition:
        estate.language === undefined ? `${engine.edition} Edition (64-bit)` : `Edition „${engine.edition}“`,
      // Source: *SERVERPROPERTY*, EngineEdition: 2 Standard, 3 Enterprise and its like.
      engineEdition: engine.edition === 'Standard' ? 2 : 3,
      hadrEnabled: engine.live.hadrEnabled,
      hadrStatus: engine.live.hadrEnabled ? 1 : 0,
      windowsOnly: !engine.live.mixedMode,
      collation: engine.collation,
    }),
  },
};
