const SQL = 'https://learn.microsoft.com/sql/';
const SCALE_OUT = `${SQL}integration-services/scale-out/`;

/** Where the pages are found that the sources name by a short name. */
const PAGES: Readonly<Record<string, string>> = {
  HA: `${SCALE_OUT}scale-out-support-for-high-availability`,
  'HA-FCI': `${SCALE_OUT}scale-out-failover-cluster-instance`,
  Master: `${SCALE_OUT}integration-services-ssis-scale-out-master`,
  Worker: `${SCALE_OUT}integration-services-ssis-scale-out-worker`,
  Walkthrough: `${SCALE_OUT}walkthrough-set-up-integration-services-scale-out`,
  Certificates: `${SCALE_OUT}deal-with-certificates-in-ssis-scale-out`,
  'Run packages': `${SCALE_OUT}run-packages-in-integration-services-ssis-scale-out`,
  'Change the account for logging': `${SCALE_OUT}change-logdb-account`,
  Catalog: `${SQL}integration-services/catalog/ssis-catalog`,
  'SSIS Catalog': `${SQL}integration-services/catalog/ssis-catalog`,
  Editions: `${SQL}integration-services/integration-services-features-supported-by-the-editions-of-sql-server`,
  'Command-line install': `${SQL}database-engine/install-windows/install-sql-server-from-the-command-prompt`,
  'Service accounts': `${SQL}database-engine/configure-windows/configure-windows-service-accounts-and-permissions`,
  Listener: `${SQL}database-engine/availability-groups/windows/create-or-configure-an-availability-group-listener`,
  'Enable/Disable Always On': `${SQL}database-engine/availability-groups/windows/enable-and-disable-always-on-availability-groups-sql-server`,
  'AG prerequisites': `${SQL}database-engine/availability-groups/windows/prereqs-restrictions-recommendations-always-on-availability`,
  Prestage: 'https://learn.microsoft.com/windows-server/failover-clustering/prestage-cluster-adds',
};

/** A source with links to the pages that it names by a short name. */
export function linked(source: string): string {
  return source.replaceAll(/\*([^*]+)\*/g, (whole, name: string) => {
    const address = PAGES[name];
    return address === undefined ? whole : `[*${name}*](${address})`;
  });
}
