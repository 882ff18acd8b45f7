import { Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { FormatsSelect, LanguageSelect, PaperSelect } from '../../ui/fields/choosers';
import { TermsField } from '../../ui/fields/terms-field';
import { FormSection } from '../../ui/form-section';
import page from '../../ui/page.module.css';
import { SettingsForm } from './settings-form';

const KEYS = [
  'language',
  'formats',
  'paper',
  'terms',
  'pricesIncludeTax',
  'notes',
  'mail',
] as const;

/** What new documents start with, and how they read. */
export function DocumentSettings() {
  const { t } = useTranslation();
  return (
    <SettingsForm title={t('settings.documents')} id="documents" keys={KEYS}>
      {(form) => (
        <div className={page['columns']}>
          <div className={page['column']}>
            <FormSection title={t('settings.paper')}>
              <div className={page['pair']}>
                <LanguageSelect
                  label={t('field.language')}
                  value={form.values.language}
                  error={form.error('language')}
                  onChange={(language) => language !== null && form.set({ language })}
                />
                <PaperSelect
                  label={t('field.paper')}
                  value={form.values.paper}
                  error={form.error('paper')}
                  onChange={(paper) => paper !== null && form.set({ paper })}
                />
              </div>
              <FormatsSelect
                label={t('field.formats')}
                value={form.values.formats}
                error={form.error('formats')}
                onChange={(formats) => formats !== null && form.set({ formats })}
              />
            </FormSection>
            <FormSection title={t('settings.newDocuments')}>
              <TermsField
                label={t('field.terms')}
                value={form.values.terms}
                error={form.error('terms')}
                onChange={(terms) => terms !== null && form.set({ terms })}
              />
              <Switch
                label={t('settings.pricesIncludeTax')}
                checked={form.values.pricesIncludeTax}
                onChange={(event) => form.set({ pricesIncludeTax: event.currentTarget.checked })}
              />
              <Textarea
                label={t('settings.notes')}
                maxLength={2_000}
                maxRows={8}
                value={form.values.notes}
                error={form.error('notes')}
                onChange={(event) => form.set({ notes: event.currentTarget.value })}
              />
            </FormSection>
          </div>
          <div className={page['column']}>
            <FormSection title={t('settings.mail')} hint={t('settings.mailHint')}>
              <TextInput
                label={t('settings.subject')}
                maxLength={200}
                value={form.values.mail.subject}
                error={form.error('mail.subject')}
                onChange={(event) =>
                  form.set({ mail: { ...form.values.mail, subject: event.currentTarget.value } })
                }
              />
              <Textarea
                label={t('settings.body')}
                minRows={6}
                maxRows={14}
                maxLength={5_000}
                value={form.values.mail.body}
                error={form.error('mail.body')}
                onChange={(event) =>
                  form.set({ mail: { ...form.values.mail, body: event.currentTarget.value } })
                }
              />
              <TextInput
                label={t('settings.replyTo')}
                maxLength={254}
                value={form.values.mail.replyTo}
                error={form.error('mail.replyTo')}
                onChange={(event) =>
                  form.set({ mail: { ...form.values.mail, replyTo: event.currentTarget.value } })
                }
              />
            </FormSection>
          </div>
        </div>
      )}
    </SettingsForm>
  );
}
