import type * as lines from '../../activities/scripts/lines/engine.ts';
import type { PowerShellAnswers, SqlAnswers } from '../scene.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {};

export const sql: SqlAnswers<keyof typeof lines.sql> = {};
