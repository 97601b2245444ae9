import type { Chapter } from '../chapter.ts';
import { checkMasterSettingsAgree } from './check-master-settings-agree.ts';
import { pointMasterAtListener } from './point-master-at-listener.ts';

export const masterSettings: Chapter = {
  number: 5,
  title: 'MasterSettings.config on every node',
  steps: [pointMasterAtListener, checkMasterSettingsAgree],
};
