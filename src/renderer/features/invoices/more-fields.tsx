import { Collapse, TextInput } from '@mantine/core';
import { memo, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBusiness } from '../../app/business-context';
import { Choice, FormatsSelect, LanguageSelect } from '../../ui/fields/choosers';
import { FoldToggle } from '../../ui/fold-toggle';
import type { InvoiceFieldsProps } from './invoice-fields';
import { isSameHead } from './invoice-fields';
import classes from './more-fields.module.css';

const FIELDS = ['language', 'formats', 'pricesIncludeTax', 'bankAccountUid', 'paymentReference'];

/** What is seldom changed on one document: folded away, told in one line. */
export const MoreFields = memo(function MoreFields({
  content,
  patch,
  errors,
  isCreditNote,
}: InvoiceFieldsProps) {
  const { t, i18n } = useTranslation();
  const business = useBusiness();
  const bodyId = useId();
  const [isOpen, setOpen] = useState(false);
  const hasError = FIELDS.some((field) => errors[field] !== undefined);
  useEffect(() => {
    if (hasError) setOpen(true);
  }, [hasError]);
  const accounts = business.bankAccounts.filter(
    (account) => account.currency === content.currency || account.uid === content.bankAccountUid,
  );
  const account = accounts.find((candidate) => candidate.uid === content.bankAccountUid);
  const language = new Intl.DisplayNames([i18n.language], { type: 'language' }).of(
    content.language,
  );
  const summary = [
    language,
    t(content.pricesIncludeTax ? 'document.gross' : 'document.net'),
    account?.label ?? t('document.noBankAccount'),
    content.paymentReference,
  ].filter((part) => part !== undefined && part !== '');
  return (
    <div className={classes['more']}>
      <FoldToggle
        label={t('document.more')}
        isOpen={isOpen}
        onToggle={() => setOpen((open) => !open)}
        controls={bodyId}
      >
        {summary.join(' · ')}
      </FoldToggle>
      <Collapse expanded={isOpen} id={bodyId} transitionDuration={0}>
        <div className={classes['fields']}>
          <div data-field="language">
            <LanguageSelect
              label={t('field.language')}
              value={content.language}
              onChange={(value) => value && patch({ language: value }, 'language')}
            />
          </div>
          <div data-field="formats">
            <FormatsSelect
              label={t('field.formats')}
              value={content.formats}
              onChange={(value) => value && patch({ formats: value }, 'formats')}
            />
          </div>
          <div data-field="pricesIncludeTax">
            <Choice
              label={t('document.prices')}
              disabled={isCreditNote}
              value={content.pricesIncludeTax ? 'gross' : 'net'}
              options={[
                { value: 'net', label: t('document.net') },
                { value: 'gross', label: t('document.gross') },
              ]}
              onChange={(value) => patch({ pricesIncludeTax: value === 'gross' }, 'prices')}
            />
          </div>
          <div data-field="bankAccountUid">
            <Choice
              label={t('document.bankAccount')}
              emptyLabel={t('document.noBankAccount')}
              value={content.bankAccountUid}
              options={accounts.map(({ uid, label }) => ({ value: uid, label }))}
              onChange={(bankAccountUid) => patch({ bankAccountUid }, 'bankAccount')}
              error={errors['bankAccountUid']}
            />
          </div>
          <div data-field="paymentReference">
            <TextInput
              label={t('document.paymentReference')}
              placeholder={t('document.paymentReferenceHint')}
              maxLength={140}
              autoComplete="off"
              value={content.paymentReference}
              onChange={(event) =>
                patch({ paymentReference: event.currentTarget.value }, 'paymentReference')
              }
              error={errors['paymentReference']}
            />
          </div>
        </div>
      </Collapse>
    </div>
  );
}, isSameHead);
