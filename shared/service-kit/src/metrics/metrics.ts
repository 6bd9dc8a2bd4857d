import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Prefix of every metric. */
export const metricPrefix = 'crema_'

/** Declaration of one metric. Counters end in `_total`; units stand in the name (`_seconds`, `_bytes`, `_wei`). */
export interface MetricSpec {
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** Name without the prefix, snake case. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[]
}

type Label<S extends MetricSpec> = S['labels'] extends readonly (infer L extends string)[] ? L : never

/** The prom-client object for a declaration. */
export type MetricOf<S extends MetricSpec> = S['type'] extends 'counter'
  ? Counter<Label<S>>
  : S['type'] extends 'gauge'
    ? Gauge<Label<S>>
    : Histogram<Label<S>>

/** A registry with what was declared in it. */
export interface Metrics {
  readonly registry: Registry
  readonly specs: readonly MetricSpec[]
  /**
   * Declares metrics: `const m = metrics.declare({ head: { type: 'gauge', name: 'head_number', help: '…' } })`.
   * @throws Error when a name or help text breaks the rules or a name is taken.
   */
  declare<const T extends Record<string, MetricSpec>>(specs: T): { readonly [K in keyof T]: MetricOf<T[K]> }
  /** Prometheus text format. */
  text(): Promise<string>
}

function check(spec: MetricSpec): void {
  if (!/^[a-z][a-z0-9_]*$/.test(spec.name) || spec.name.startsWith(metricPrefix))
    throw new Error(`bad metric name ${spec.name}`)
  if (spec.help.trim() === '') throw new Error(`metric ${spec.name} has no help text`)
  if ((spec.type === 'counter') !== spec.name.endsWith('_total'))
    throw new Error(`metric ${spec.name}: counters, and only they, end in _total`)
}

function create(spec: MetricSpec, registry: Registry) {
  const common = {
    name: metricPrefix + spec.name,
    help: spec.help,
    labelNames: [...(spec.labels ?? [])],
    registers: [registry],
  }
  switch (spec.type) {
    case 'counter':
      return new Counter(common)
    case 'gauge':
      return new Gauge(common)
    case 'histogram':
      return new Histogram({ ...common, ...(spec.buckets ? { buckets: [...spec.buckets] } : {}) })
  }
}

/** Creates a registry labelled with the service, with the default process metrics under the same prefix. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry, prefix: metricPrefix })
  const specs: MetricSpec[] = []
  return {
    registry,
    specs,
    declare: (wanted) => {
      const made: Record<string, unknown> = {}
      for (const [key, spec] of Object.entries(wanted)) {
        check(spec)
        made[key] = create(spec, registry)
        specs.push(spec)
      }
      return made as never
    },
    text: () => registry.metrics(),
  }
}

/** Markdown table of declared metrics, for the docs. */
export function renderMetricsDocs(specs: readonly MetricSpec[]): string {
  const rows = specs.map(
    (s) => `| \`${metricPrefix}${s.name}\` | ${s.type} | ${(s.labels ?? []).join(', ')} | ${s.help} |`,
  )
  return ['| metric | type | labels | meaning |', '|---|---|---|---|', ...rows, ''].join('\n')
}
