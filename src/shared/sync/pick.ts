import type { z } from 'zod';

/** The fields of a record that a schema names, in the schema's order, without parsing them again. */
export function pick<Shape extends z.core.$ZodLooseShape, Value extends object>(
  schema: z.ZodObject<Shape>,
  value: Value & z.infer<z.ZodObject<Shape>>,
): z.infer<z.ZodObject<Shape>> {
  const fields = Object.keys(schema.shape) as (keyof Value)[];
  return Object.fromEntries(fields.map((field) => [field, value[field]])) as z.infer<
    z.ZodObject<Shape>
  >;
}
