import { OperatorError } from '../activities/failures.ts';

export { OperatorError };

/** A command was given what it cannot use; nothing was tried. */
export class Misuse extends OperatorError {}
