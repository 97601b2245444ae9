import type * as lines from '../../activities/scripts/lines/catalog.ts';
import type { SqlAnswers } from '../scene.ts';

export const sql: SqlAnswers<keyof typeof lines.sql> = {};
