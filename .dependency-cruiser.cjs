/**
 * Who may import whom. Each rule has a planted violation under test/architecture/fixtures/<name of the rule>/, which
 * proves that it fires.
 */

/** The contexts, and which others each may know: dependencies run one way, what runs upward is an outbox event. */
const MAY_KNOW = {
  identity: [],
  parties: ['identity'],
  campaigns: ['parties'],
  deals: ['campaigns', 'parties', 'ledger'],
  discovery: ['campaigns', 'identity', 'parties'],
  messages: ['deals', 'identity', 'parties'],
  notifications: ['campaigns', 'deals', 'identity', 'parties'],
  sales: ['deals', 'parties', 'ledger'],
  payouts: ['ledger', 'parties'],
  webhooks: ['identity', 'parties'],
  audit: ['identity', 'parties'],
  privacy: [
    'campaigns',
    'deals',
    'discovery',
    'identity',
    'ledger',
    'messages',
    'notifications',
    'parties',
    'payouts',
    'sales',
    'webhooks',
  ],
  ledger: [],
};
const CONTEXTS = Object.keys(MAY_KNOW);
const ANY_CONTEXT = `(${CONTEXTS.join('|')})`;

/** Tests and their support may import anything. */
const TEST_CODE = '^(test|libs/testing)/|[.-](spec|fixture)\\.ts$';
/** Built-in modules appear without "node:" where dependency-cruiser knows them. */
const HASHING = '^(node:)?crypto$';
const ENTRY = 'src/index\\.ts$';

/** A rule that forbids; production code is meant unless `from` says otherwise. */
function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from: { pathNot: TEST_CODE, ...from }, to };
}

function directionRule(context) {
  const allowed = MAY_KNOW[context];
  return forbid(
    `${context}-knows-${allowed.length === 0 ? 'no-context' : `only-${allowed.join('-and-')}`}`,
    'Dependencies between contexts run one way, so that each can be understood, tested and moved by itself. ' +
      'What has to run the other way is an outbox event.',
    { path: `^libs/${context}/` },
    { path: `^libs/${ANY_CONTEXT}/`, pathNot: `^libs/(${[context, ...allowed].join('|')})/` },
  );
}

const foundations = [
  forbid(
    'kernel-imports-nothing',
    'Everything stands on the kernel; whatever it imported would be imported by everything.',
    { path: '^libs/kernel/' },
    { pathNot: '^libs/kernel/' },
  ),
  forbid(
    'money-imports-only-kernel',
    'Money is plain arithmetic that every layer uses: no framework, no input or output; hashing breaks ties.',
    { path: '^libs/money/src/' },
    { pathNot: ['^libs/money/', `^libs/kernel/${ENTRY}`, HASHING] },
  ),
  forbid(
    'platform-knows-no-context',
    'The platform serves all contexts alike; a context it knew could not be moved away from it.',
    { path: '^libs/platform/' },
    { path: '^libs/', pathNot: ['^libs/platform/', `^libs/kernel/${ENTRY}`] },
  ),
];

const layers = [
  forbid(
    'domain-is-pure',
    'Decisions depend on state, command and time alone, so that they are tested without a server and read without ' +
      'knowing Nest or TypeORM: a domain imports itself, kernel, money, and hashing.',
    { path: `^libs/${ANY_CONTEXT}/src/domain/` },
    { pathNot: ['^libs/$1/src/domain/', `^libs/(kernel|money)/${ENTRY}`, HASHING] },
  ),
  forbid(
    'application-imports-no-technology',
    'Use cases say what happens, their ports what they need. They import their domain, kernel, money, other contexts, ' +
      "and Nest's decorators for injection.",
    { path: `^libs/${ANY_CONTEXT}/src/application/` },
    {
      pathNot: [
        '^libs/$1/src/(domain|application)/',
        // Own adapters have a rule of their own, which says more.
        '^libs/$1/src/infrastructure/',
        `^libs/(kernel|money|${CONTEXTS.join('|')})/${ENTRY}`,
        '(^|/)node_modules/@nestjs/common/',
        HASHING,
      ],
    },
  ),
  forbid(
    'infrastructure-is-plugged-in',
    'Domain and application own the ports; infrastructure implements them and is chosen by the module alone.',
    { path: '^libs/[^/]+/src/(domain|application)/' },
    { path: '^libs/[^/]+/src/infrastructure/' },
  ),
  forbid(
    'only-index-leaves-a-lib',
    'index.ts is what a lib promises. All behind it may change without asking anyone.',
    { path: '^(libs/[^/]+|apps/[^/]+)/' },
    { path: '^libs/', pathNot: ['^$1/', `^libs/[^/]+/${ENTRY}`] },
  ),
];

const applications = [
  forbid(
    'libs-know-no-app',
    'Apps are the ways in. A lib that knew one could not serve another.',
    { path: '^libs/' },
    { path: '^apps/' },
  ),
  forbid(
    'apps-stand-alone',
    'API, worker, command line and console are deployed apart. The launcher alone reads from another: the demo logins ' +
      'that it prints belong to the command that makes them.',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: ['^apps/$1/', '^apps/cli/src/demo/demo-logins\\.ts$'] },
  ),
  forbid(
    'only-launcher-reads-demo-logins',
    'The exception of apps-stand-alone is for the launcher, not for everyone.',
    { path: '^apps/', pathNot: [TEST_CODE, '^apps/(launcher|cli)/'] },
    { path: '^apps/cli/src/demo/demo-logins\\.ts$' },
  ),
  forbid(
    'console-speaks-http',
    'The console runs in the browser: it knows the API by its schema, not the code behind it.',
    { path: '^apps/console/' },
    { path: '^libs/' },
  ),
  forbid(
    'servers-leave-the-database-to-libs',
    'Who may see a row is decided in use cases and by row-level security. A query from a resolver would go past both. The ' +
      'command line may: its jobs are those of whoever runs the database.',
    { path: '^apps/(api|worker)/' },
    { path: '(^|/)node_modules/(typeorm|@nestjs/typeorm|pg)/' },
  ),
];

const hygiene = [
  forbid(
    'no-circles',
    'Of two files that import each other neither can be understood, tested or loaded first.',
    {},
    { circular: true },
  ),
  forbid(
    'no-test-code-in-the-product',
    'Builders, fakes and specs are not shipped, and must not decide anything in production.',
    { path: '^(apps|libs)/' },
    { path: TEST_CODE },
  ),
  forbid(
    'no-development-dependency-in-the-product',
    'Servers install with --omit=dev. The console is bundled before, so it may use what only the build installs.',
    { path: '^(apps|libs)/', pathNot: [TEST_CODE, '^apps/console/'] },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'no-unlisted-dependency',
    'A package that package.json does not list is there by accident, and gone with the next update of another.',
    { path: '^(apps|libs|test)/', pathNot: [] },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  forbid(
    'no-unresolvable-import',
    'What cannot be found cannot be checked by the other rules.',
    { pathNot: [] },
    { couldNotResolve: true },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...foundations, ...layers, ...CONTEXTS.map(directionRule), ...applications, ...hygiene],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|test/architecture/fixtures)/' },
    // Types are dependencies too: a port's signature binds as much as a call.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
