import { z } from 'zod';

/** How dates and numbers are written on a document. The locale data is bundled, never the runtime's. */
export const documentFormats = z.enum([
  'en-GB',
  'en-US',
  'de-DE',
  'de-AT',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pl-PL',
]);
export type DocumentFormats = z.infer<typeof documentFormats>;

export const paperSize = z.enum(['A4', 'Letter']);
export type PaperSize = z.infer<typeof paperSize>;
