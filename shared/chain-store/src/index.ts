export * from './errors.ts'
export * from './open.ts'
export * from './types.ts'
