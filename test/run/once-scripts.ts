/** Scripts by which a step that may run only once changes something. */
export function onceScripts(): ReadonlySet<string> {
  return new Set(['newCluster', 'createMasterCertificate', 'startSetup']);
}
