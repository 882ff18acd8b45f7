import { Anchor, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { err } from '../../../shared/domain/result';
import type { DocumentLanguage, TaxCode } from '../../../shared/domain/tax';
import { documentLanguage, RATED_CATEGORIES, taxCategory } from '../../../shared/domain/tax';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import { useRecordForm } from '../../app/use-record-form';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { Choice } from '../../ui/fields/choosers';
import page from '../../ui/page.module.css';
import { FormNotes } from '../../ui/form-notes';
import { PercentInput } from '../../ui/scaled-input';
import { RecordNotes } from '../cloud/record-notes';

interface TaxCodeDialogProps {
  /** The code to change; null writes a new one. */
  readonly code: TaxCode | null;
  readonly onClose: () => void;
}

interface TaxValues {
  readonly name: string;
  readonly category: TaxCode['category'];
  readonly rate: number | null;
  readonly reasons: TaxCode['reasons'];
}

const EMPTY: TaxValues = { name: '', category: 'standard', rate: null, reasons: {} };

/** A tax code: what it is called, how it counts, and the reason it prints. */
export function TaxCodeDialog({ code, onClose }: TaxCodeDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={code ? code.name : t('tax.new')} size={520}>
      <TaxCodeForm code={code} onClose={onClose} />
    </Modal>
  );
}

function TaxCodeForm({ code, onClose }: TaxCodeDialogProps) {
  const { t } = useTranslation();
  const business = useBusiness();
  const form = useRecordForm<TaxValues, TaxCode>({
    key: `tax ${business.uid} ${code?.uid ?? 'new'}`,
    uid: code?.uid,
    initial: code
      ? { name: code.name, category: code.category, rate: code.rate, reasons: code.reasons }
      : EMPTY,
    prefix: 'taxCode.',
    save: async (values, base) => {
      const isRated = RATED_CATEGORIES.includes(values.category);
      if (isRated && values.rate === null) {
        return err({
          kind: 'refused' as const,
          issues: [{ field: 'taxCode.rate', code: 'required' }],
        });
      }
      const taxCode = { ...values, rate: isRated ? (values.rate ?? 0) : 0 };
      return code
        ? bridge.call('taxCodes.update', {
            uid: code.uid,
            taxCode,
            base: { ...base, rate: base.rate ?? 0 },
          })
        : bridge.call('taxCodes.create', { taxCode });
    },
    onSaved: onClose,
  });
  const { values } = form;
  if (!form.isReady) return null;
  const isRated = RATED_CATEGORIES.includes(values.category);
  return (
    <form {...form.formProps}>
      <Stack gap={12}>
        <RecordNotes uid={code?.uid} />
        <FormNotes form={form} />
        <ErrorSummary messages={form.rest} />
        <TextInput
          label={t('field.name')}
          description={t('tax.nameHint')}
          data-autofocus
          autoComplete="off"
          maxLength={60}
          value={values.name}
          error={form.error('name')}
          onChange={(event) => form.set({ name: event.currentTarget.value })}
        />
        <div className={page['pair']}>
          <Choice
            label={t('tax.category')}
            value={values.category}
            options={taxCategory.options.map((category) => ({
              value: category,
              label: t(`tax.categories.${category}`),
            }))}
            error={form.error('category')}
            onChange={(category) => category !== null && form.set({ category })}
          />
          {isRated && (
            <PercentInput
              label={t('tax.rate')}
              value={values.rate}
              error={form.error('rate')}
              onChange={(rate) => form.set({ rate })}
            />
          )}
        </div>
        {!isRated && (
          <Reasons
            value={values.reasons}
            onChange={(reasons) => form.set({ reasons })}
            error={form.error('reasons')}
            first={business.language}
          />
        )}
        <DialogActions label={t('action.save')} isRunning={form.isSaving} onCancel={onClose} />
      </Stack>
    </form>
  );
}

interface ReasonsProps {
  readonly value: TaxCode['reasons'];
  readonly onChange: (reasons: TaxCode['reasons']) => void;
  readonly error: string | undefined;
  /** The business's language comes first; the others are shown on demand. */
  readonly first: DocumentLanguage;
}

/** The printed reason, by language. */
function Reasons({ value, onChange, error, first }: ReasonsProps) {
  const { t, i18n } = useTranslation();
  const [isAllShown, setAllShown] = useState(false);
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const languages = isAllShown
    ? [first, ...documentLanguage.options.filter((language) => language !== first)]
    : [first];
  const write = (language: DocumentLanguage, text: string): void => {
    const others = Object.fromEntries(
      Object.entries(value).filter(([other]) => other !== language),
    );
    onChange(text === '' ? others : { ...others, [language]: text });
  };
  return (
    <Stack gap={10}>
      {languages.map((language, index) => (
        <TextInput
          key={language}
          label={t('tax.reason', { language: names.of(language) ?? language })}
          {...(index === 0 ? { description: t('tax.reasonHint') } : {})}
          autoComplete="off"
          maxLength={300}
          value={value[language] ?? ''}
          error={index === 0 ? error : undefined}
          onChange={(event) => write(language, event.currentTarget.value)}
        />
      ))}
      {!isAllShown && (
        <Anchor component="button" type="button" fz="sm" onClick={() => setAllShown(true)}>
          {t('tax.moreLanguages')}
        </Anchor>
      )}
    </Stack>
  );
}
