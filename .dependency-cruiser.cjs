/** Who may import whom; ARCHITECTURE.md says why. Internal packages are named by folder. */
const may = {
  protocol: [],
  derivation: ['protocol'],
  execution: ['protocol'],
  machine: ['protocol'],
  'sequencer-client': ['protocol'],
  'chain-store': ['protocol'],
  l1: ['protocol'],
  'service-kit': [],
  'tx-manager': ['protocol', 'service-kit', 'chain-store'],
  node: ['protocol', 'execution', 'machine', 'derivation', 'sequencer-client', 'chain-store', 'l1', 'service-kit'],
  dispute: ['protocol', 'machine', 'l1', 'chain-store', 'tx-manager', 'node', 'service-kit'],
}

const internal = Object.entries(may).map(([name, allowed]) => ({
  name: `${name}-imports`,
  comment: `${name} may import ${allowed.length === 0 ? 'nothing internal' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^shared/${name}/src/` },
  to: { path: '^(shared|services|test|contracts)/', pathNot: `^shared/(${[name, ...allowed].join('|')})/` },
}))

/** `library` only where `allowed` says. */
const only = (name, library, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^(shared|services)/[^/]+/src/|^scripts/canary/', pathNot: `^(${allowed.join('|')})/` },
  to: { path: `^node_modules/${library}/` },
})

module.exports = {
  forbidden: [
    ...internal,
    {
      name: 'services-apart',
      comment: 'services never import each other',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'production-imports-tests',
      severity: 'error',
      from: { path: '^(shared/(?!testing)[^/]+|services/[^/]+)/src/' },
      to: { path: '^(shared/testing|test)/|/test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    only('viem-places', 'viem', ['shared/l1', 'shared/tx-manager', 'shared/testing', 'services/[^/]+']),
    only('ethereumjs-places', '@ethereumjs', ['shared/execution', 'shared/testing']),
    only('drizzle-places', '(drizzle-orm|better-sqlite3)', ['shared/chain-store']),
    only('hono-places', '(hono|@hono)', ['services/rpc', 'services/sequencer', 'shared/service-kit']),
    {
      name: 'pure-packages',
      comment:
        'no clock, network, file system or process in protocol, execution, machine, derivation; crypto for its hashes alone',
      severity: 'error',
      from: { path: '^shared/(protocol|execution|machine|derivation)/src/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|util|assert|crypto)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    exclude: { path: '(^|/)(contracts/out|generated)/' },
  },
}
