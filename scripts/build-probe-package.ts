import { writeFileSync } from 'node:fs';
import { probePackageModule } from './probe-package.ts';

/* Puts the probe project together anew, after a change in `activities/scripts/probe-package/`. */
const module = new URL('../activities/scripts/probe-package.ts', import.meta.url).pathname;
writeFileSync(module, probePackageModule());
