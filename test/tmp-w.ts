import { SITE_TEMPLATE } from '../src/cli/site-template.ts';
process.stdout.write(SITE_TEMPLATE);
