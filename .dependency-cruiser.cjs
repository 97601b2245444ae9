/** The layer rules: who may know whom. See docs/architecture.md. */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only('no-cycles', 'Nothing depends on itself.', {}, { circular: true }),
    only(
      'workflows-know-nobody',
      'What a workflow imports becomes part of its determinism.',
      { path: '^workflows/' },
      { path: '^(activities|src|lab|test)/' },
    ),
    only(
      'workflows-are-deterministic',
      'Nothing but Temporal reaches a workflow, and a digest that is computed from its text alone.',
      { path: '^workflows/' },
      { path: 'node_modules', pathNot: 'node_modules/(@temporalio/workflow|@noble/hashes)' },
    ),
    only(
      'workflows-have-no-built-ins',
      'No process, file or clock.',
      { path: '^workflows/' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'activities-know-only-the-contract',
      'The procedure knows what runs promise, and nothing of how they are run.',
      { path: '^activities/' },
      { path: '^(src|lab|test)/|^workflows/(?!contract\\.ts$)' },
    ),
    only(
      'world-through-ports',
      'The world is reached through ports.',
      { path: '^activities/' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'steps-know-no-temporal',
      'Only the border of the activities speaks Temporal.',
      { path: '^activities/', pathNot: '^activities/index\\.ts$' },
      { path: 'node_modules/@temporalio' },
    ),
    only(
      'product-knows-no-lab',
      'The lab is a process that the product speaks to.',
      { path: '^(workflows|activities|src)/' },
      { path: '^(lab|test)/' },
    ),
    only(
      'lab-knows-names-and-types',
      'The lab answers what the procedure asks; it does not perform it.',
      { path: '^lab/' },
      { path: '^(src|test|workflows)/|^activities/(?!scripts/|site|ports\\.ts|secret\\.ts)' },
    ),
    only(
      'faces-know-only-the-client',
      'Terminal and page can do nothing that the client cannot.',
      { path: '^src/(cli|web)/' },
      { path: '^src/adapters/|^activities/(?!site|failures\\.ts)|node_modules/@temporalio' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
