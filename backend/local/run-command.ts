import { spawn } from 'node:child_process';

export interface CommandOutcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs a program to its end; its output, standard and error, is collected. */
export function runCommand(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ succeeded: false, output: error.message }));
    child.once('close', (code) => {
      resolve({ succeeded: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
