import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { PaymentTerms } from '../../../shared/domain/payment-terms';
import { CountInput } from '../scaled-input';
import { Choice } from './choosers';

interface TermsFieldProps {
  readonly label: string;
  readonly value: PaymentTerms | null;
  readonly onChange: (value: PaymentTerms | null) => void;
  /** How null is called: "As the business". Without it, terms must be chosen. */
  readonly emptyLabel?: string;
  readonly error?: string | undefined;
}

const KINDS = ['net_days', 'end_of_month', 'on_receipt'] as const;

/** Payment terms: their kind, and the days where the kind has any. */
export function TermsField({ label, value, onChange, emptyLabel, error }: TermsFieldProps) {
  const { t } = useTranslation();
  return (
    <Group gap={8} align="flex-end" wrap="nowrap">
      <Choice
        style={{ flex: 1 }}
        label={label}
        value={value?.kind ?? null}
        {...(emptyLabel === undefined ? {} : { emptyLabel })}
        options={KINDS.map((kind) => ({ value: kind, label: t(`terms.${kind}`) }))}
        onChange={(kind) => onChange(kind === null ? null : termsOf(kind, value))}
        error={error}
      />
      {value !== null && value.kind !== 'on_receipt' && (
        <CountInput
          w={72}
          label={t('terms.days')}
          value={value.days}
          onChange={(days) => onChange({ kind: value.kind, days: days ?? 0 })}
        />
      )}
    </Group>
  );
}

function termsOf(kind: PaymentTerms['kind'], before: PaymentTerms | null): PaymentTerms {
  if (kind === 'on_receipt') return { kind };
  const days =
    before !== null && before.kind !== 'on_receipt' ? before.days : kind === 'net_days' ? 30 : 0;
  return { kind, days };
}
