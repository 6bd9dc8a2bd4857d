/** One thing wrong with the configuration. */
export interface ConfigIssue {
  /** Where it was found: a flag, an environment variable, a key of the file, or a schema path. */
  readonly where: string
  readonly message: string
}

/** The configuration is unusable. Carries every problem found, not the first. Never contains a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'config.invalid'
  readonly retryable = false
  readonly details: { readonly issues: readonly ConfigIssue[] }

  constructor(issues: readonly ConfigIssue[]) {
    super(['invalid configuration:', ...issues.map((issue) => `  ${issue.where}: ${issue.message}`)].join('\n'))
    this.details = { issues }
  }
}
