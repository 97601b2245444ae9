import type * as lines from '../../activities/scripts/lines/node.ts';
import type { PowerShellAnswers } from '../scene.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {};
