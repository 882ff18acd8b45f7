import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of cdk-nag on a construct, each with its reason. Findings of one rule are told
 * apart by their id: `AwsSolutions-IAM5[Resource::*]`.
 */
export function acknowledge(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  for (const [id, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id, reason });
  }
}

/** A value as cdk-nag writes it in the id of a finding: references in angle brackets. */
export function shown(stack: Stack, value: string): string {
  return show(stack.resolve(value));
}

function show(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const [intrinsic] = Object.entries(resolved as Readonly<Record<string, unknown>>);
  switch (intrinsic?.[0]) {
    case 'Ref':
      return `<${String(intrinsic[1])}>`;
    case 'Fn::GetAtt':
      return `<${(intrinsic[1] as readonly string[]).join('.')}>`;
    case 'Fn::Join': {
      const [separator, parts] = intrinsic[1] as readonly [string, readonly unknown[]];
      return parts.map(show).join(separator);
    }
    default:
      throw new Error(`no known reference: ${JSON.stringify(resolved)}`);
  }
}
