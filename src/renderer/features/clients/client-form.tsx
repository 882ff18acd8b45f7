import { Stack, Textarea, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import type { Client, ClientInput } from '../../../shared/domain/client';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import { keepTypingForField } from '../../app/type-ahead';
import type { RecordForm } from '../../app/use-record-form';
import { useRecordForm } from '../../app/use-record-form';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { AddressFields } from '../../ui/fields/address-fields';
import { CurrencySelect, FormatsSelect, LanguageSelect, TaxSelect } from '../../ui/fields/choosers';
import { TermsField } from '../../ui/fields/terms-field';
import { FormSection } from '../../ui/form-section';
import { useFormats } from '../../ui/formats-context';
import { describeIssue } from '../../ui/issues';
import page from '../../ui/page.module.css';
import { FormNotes } from '../../ui/form-notes';
import { showToast } from '../../ui/toasts';
import { RecordNotes } from '../cloud/record-notes';
import { emptyClient, valuesOf } from './client-values';

interface ClientFormProps {
  /** The client to edit; left out, a new one is created. */
  readonly client?: Client;
  /** What a new client is called at first (typed into an invoice's client field). */
  readonly initialName?: string;
  readonly onSaved: (client: Client) => void;
  /** Shows its own buttons at the bottom; on a page they stand in the header. */
  readonly onCancel?: () => void;
  readonly formId?: string;
  /** Keeps what is typed apart from the same form elsewhere. */
  readonly place: 'page' | 'dialog';
}

/** Creates or edits a client. Warnings (a duplicate e-mail) are told after saving: no refusal. */
export function ClientForm(props: ClientFormProps) {
  const { client, initialName = '', onSaved, onCancel, formId, place } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const business = useBusiness();
  const form = useRecordForm({
    key: `client ${place} ${business.uid} ${client?.uid ?? `new ${initialName}`}`,
    uid: client?.uid,
    initial: client ? valuesOf(client) : emptyClient(business, initialName),
    prefix: 'client.',
    save: (values, base) =>
      client
        ? bridge.call('clients.update', { uid: client.uid, client: values, base })
        : bridge.call('clients.create', { client: values }),
    onSaved: (saved) => {
      saved.warnings.forEach((warning) => showToast(describeIssue(t, warning, formats)));
      onSaved(saved.client);
    },
  });
  const { isReady } = form;
  // The dialog is open before it is known whether something typed earlier comes back into it.
  useEffect(
    () => (place === 'dialog' && !isReady ? keepTypingForField() : undefined),
    [place, isReady],
  );
  if (!isReady) return null;
  return (
    <form id={formId} {...form.formProps}>
      <Stack gap={14}>
        <RecordNotes uid={client?.uid} />
        <FormNotes form={form} />
        <ErrorSummary messages={form.rest} />
        <div className={page['columns']}>
          <div className={page['column']}>
            <ContactFields form={form} hasName={initialName !== ''} />
            <FormSection title={t('address.title')}>
              <AddressFields
                value={form.values.address}
                onChange={(address) => form.set({ address })}
                error={form.error}
              />
            </FormSection>
          </div>
          <div className={page['column']}>
            <BillingFields form={form} />
            <FormSection title={t('clients.internal')}>
              <Textarea
                label={t('clients.notes')}
                description={t('clients.notesHint')}
                maxLength={5_000}
                maxRows={6}
                value={form.values.notes}
                error={form.error('notes')}
                onChange={(event) => form.set({ notes: event.currentTarget.value })}
              />
            </FormSection>
          </div>
        </div>
        {onCancel && (
          <DialogActions label={t('action.save')} isRunning={form.isSaving} onCancel={onCancel} />
        )}
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly form: RecordForm<ClientInput>;
}

function ContactFields({ form, hasName }: PartProps & { readonly hasName: boolean }) {
  const { t } = useTranslation();
  const text = (
    field: 'name' | 'contactName' | 'email' | 'phone' | 'vatNumber' | 'companyNumber',
    maxLength: number,
  ) => ({
    label: t(`field.${field}`),
    maxLength,
    autoComplete: 'off',
    value: form.values[field],
    error: form.error(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      form.set({ [field]: event.currentTarget.value }),
  });
  const isNew = form.values.name === '' || hasName;
  return (
    <FormSection title={t('clients.contact')}>
      <TextInput {...text('name', 200)} {...autoFocus(isNew && !hasName)} />
      <TextInput {...text('email', 254)} type="email" {...autoFocus(hasName)} />
      <div className={page['pair']}>
        <TextInput {...text('contactName', 120)} />
        <TextInput {...text('phone', 40)} type="tel" />
        <TextInput {...text('vatNumber', 40)} />
        <TextInput {...text('companyNumber', 40)} />
      </div>
    </FormSection>
  );
}

/** The first empty field has the focus, also inside a dialog that traps it. */
function autoFocus(isFirst: boolean) {
  return isFirst ? { autoFocus: true, 'data-autofocus': true } : {};
}

function BillingFields({ form }: PartProps) {
  const { t } = useTranslation();
  const { data: taxCodes = [] } = useApiQuery('taxCodes.list', { includeArchived: true });
  const asBusiness = t('clients.asBusiness');
  return (
    <FormSection title={t('clients.billing')}>
      <TermsField
        label={t('field.terms')}
        emptyLabel={asBusiness}
        value={form.values.terms}
        error={form.error('terms')}
        onChange={(terms) => form.set({ terms })}
      />
      <div className={page['pair']}>
        <CurrencySelect
          label={t('field.currency')}
          emptyLabel={asBusiness}
          value={form.values.currency}
          error={form.error('currency')}
          onChange={(currency) => form.set({ currency })}
        />
        <TaxSelect
          label={t('field.tax')}
          emptyLabel={t('clients.taxOfProduct')}
          taxCodes={taxCodes}
          value={form.values.taxCodeUid}
          error={form.error('taxCodeUid')}
          onChange={(taxCodeUid) => form.set({ taxCodeUid })}
        />
        <LanguageSelect
          label={t('field.language')}
          emptyLabel={asBusiness}
          value={form.values.language}
          error={form.error('language')}
          onChange={(language) => form.set({ language })}
        />
        <FormatsSelect
          label={t('field.formats')}
          emptyLabel={asBusiness}
          value={form.values.formats}
          error={form.error('formats')}
          onChange={(formats) => form.set({ formats })}
        />
      </div>
    </FormSection>
  );
}
