export { secrets } from './adapters/secrets.ts';
