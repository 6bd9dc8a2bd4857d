/** JSON as /status has it: bigints become decimal strings. */
export const toJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item), indent)

/** Text of a command's result for people: a list of records is a table, a record is one line for each field. */
export function toText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : table(value as readonly Row[])
  return isRecord(value) ? lines(value, '').join('\n') : cell(value)
}

type Row = Readonly<Record<string, unknown>>

function table(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)))
  return cells
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function lines(record: Row, indent: string): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (value === undefined) return []
    if (Array.isArray(value)) {
      if (value.length === 0) return [`${indent}${key}: none`]
      if (!value.some(isRecord)) return [`${indent}${key}: ${value.map(cell).join(', ')}`]
      return value.flatMap((item, at) => [`${indent}${key} ${at + 1}`, ...lines(item as Row, `${indent}  `)])
    }
    if (isRecord(value)) return [`${indent}${key}`, ...lines(value, `${indent}  `)]
    return [`${indent}${key}: ${cell(value)}`]
  })
}

const isRecord = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

function cell(value: unknown): string {
  if (value === undefined || value === null) return '-'
  if (Array.isArray(value)) return value.map(cell).join(',')
  return typeof value === 'object' ? toJson(value).replaceAll(/\s+/g, ' ') : String(value)
}
