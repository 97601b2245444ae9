import type * as lines from '../../activities/scripts/lines/log.ts';
import type { SqlAnswers } from '../scene.ts';

export const sql: SqlAnswers<keyof typeof lines.sql> = {};
