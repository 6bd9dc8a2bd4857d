import { eq } from 'drizzle-orm'
import { fromJson, toJson } from './columns.ts'
import type { StoreContext } from './context.ts'
import { decodeStored } from './guard.ts'
import { meta } from './schema.ts'
import type { JsonValue, MetaKey } from './types.ts'

/** See {@link ChainStore.getMeta}. */
export function getMeta<T extends JsonValue>(context: StoreContext, key: MetaKey<T>): T | undefined {
  return decodeStored('meta value', { name: key.name }, () => {
    const row = context.orm.select().from(meta).where(eq(meta.name, key.name)).get()
    return row && key.parse(fromJson(row.value))
  })
}

/** See {@link ChainStore.setMeta}; undefined deletes. */
export function setMeta<T extends JsonValue>(context: StoreContext, key: MetaKey<T>, value: T | undefined): void {
  context.write(() => {
    if (value === undefined) {
      context.orm.delete(meta).where(eq(meta.name, key.name)).run()
      return
    }
    const text = toJson(value)
    context.orm
      .insert(meta)
      .values({ name: key.name, value: text })
      .onConflictDoUpdate({ target: meta.name, set: { value: text } })
      .run()
  })
}
