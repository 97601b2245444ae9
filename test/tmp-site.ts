import { examineSiteFile, inOneLine } from '../src/site-file.ts';
const e = examineSiteFile(process.argv[2]!);
for (const f of e.faults) console.log(inOneLine('site', f));
console.log('W'); for (const f of e.warnings) console.log(inOneLine('site', f));
console.log(e.file?.references);
