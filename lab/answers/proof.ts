import type * as lines from '../../activities/scripts/lines/proof.ts';
import type { SqlAnswers } from '../scene.ts';

export const sql: SqlAnswers<keyof typeof lines.sql> = {};
