/** What is wrong with an import, or null. */
export function checkImport(file: string, source: string): string | null;
