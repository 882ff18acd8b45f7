export function findProgram(names: readonly string[], elsewhere?: readonly string[]): string | null;
export function findChromium(): string | null;
