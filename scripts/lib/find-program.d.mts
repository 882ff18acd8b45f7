export function findProgram(names: readonly string[]): string | null;
export function findChromium(): string | null;
