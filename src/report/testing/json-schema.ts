/** The schema of the report as JSON Schema; not part of the app, for the converter is a development dependency. */
import { toJsonSchema } from '@valibot/to-json-schema'
import { reportSchema } from '../schema.ts'

/** The text of docs/report.schema.json. */
export function reportJsonSchema(): string {
  const { $schema, ...schema } = toJsonSchema(reportSchema, { target: 'draft-2020-12', errorMode: 'ignore' })
  const head = {
    $schema,
    title: 'Report of Weaklink',
    description: 'Version weaklink.report/1. Readers ignore what they do not know.',
  }
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`
}
