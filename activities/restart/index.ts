/** The restart of one host, as four looks and changes that may each be tried again. */
export { awaitBoot } from './await-boot.ts';
export { begin } from './begin.ts';
export { finish } from './finish.ts';
export { look } from './look.ts';
export { prepare } from './prepare.ts';
