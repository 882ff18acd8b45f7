import { Anchor, Button, Collapse, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { MethodInput, MethodOutput } from '../../../shared/contracts/app-api';
import type { SendRecord } from '../../../shared/contracts/sync/records';
import type { Invoice } from '../../../shared/domain/invoice';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import { formErrors } from '../../app/describe-error';
import { Dialog } from '../../ui/dialog';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import type { FieldErrors } from '../../ui/issues';
import { NO_ERRORS } from '../../ui/issues';
import { showToast } from '../../ui/toasts';
import classes from './send-dialog.module.css';

type Mail = MethodInput<'sends.request'>['mail'];
type Texts = Record<'to' | 'cc' | 'bcc' | 'replyTo' | 'subject' | 'body', string>;

const mailAddress = z.email().max(254);

const FIELDS = ['to', 'cc', 'bcc', 'replyTo', 'subject', 'body'] as const;

interface SendDialogProps {
  readonly invoice: Invoice;
  /** The queued e-mail that is edited; null asks for a new one. */
  readonly send: SendRecord | null;
  /** Another e-mail that begins with what `send` said: its address was wrong. */
  readonly isNew?: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The e-mail as it will go out, to be read and edited before. */
export function SendDialog({
  invoice,
  send,
  isNew = send === null,
  isOpen,
  onClose,
}: SendDialogProps) {
  const { t } = useTranslation();
  const { data: prepared } = useApiQuery(
    'invoices.mailText',
    { uid: invoice.uid },
    { enabled: isOpen },
  );
  return (
    <Dialog
      // With all that it shows at once: the focus goes where the form wants it.
      opened={isOpen && prepared !== undefined}
      onClose={onClose}
      size={620}
      title={t('send.title', { number: invoice.number ?? '' })}
    >
      {prepared !== undefined && (
        <SendForm
          invoice={invoice}
          prepared={prepared}
          send={send}
          isNew={isNew}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface SendFormProps extends Required<Omit<SendDialogProps, 'isOpen'>> {
  /** What the business writes to this client. */
  readonly prepared: MethodOutput<'invoices.mailText'>;
}

function SendForm({ invoice, prepared, send, isNew, onClose }: SendFormProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const business = useBusiness();
  const { data: status } = useApiQuery('sync.status', {});
  const [texts, setTexts] = useState<Texts>(() =>
    send === null ? textsOfPrepared(prepared) : textsOf(send),
  );
  const [showsMore, setShowsMore] = useState(
    send !== null && (send.cc.length > 0 || send.bcc.length > 0 || send.replyTo !== ''),
  );
  const [errors, setErrors] = useState<FieldErrors>(NO_ERRORS);
  const [isRunning, setRunning] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const startsAtAddress = texts.to === '' || (isNew && send !== null);
  const field = (name: keyof Texts) => ({
    value: texts[name],
    error: errors.fields[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setTexts({ ...texts, [name]: event.currentTarget.value }),
  });

  const submit = async (): Promise<void> => {
    const wrong = addressErrors(texts);
    if (Object.keys(wrong).length > 0) {
      setErrors({ fields: wrong, rest: [] });
      if ('cc' in wrong || 'bcc' in wrong || 'replyTo' in wrong) setShowsMore(true);
      return;
    }
    setRunning(true);
    const mail = mailOf(texts);
    const result = await (
      isNew || send === null
        ? bridge.call('sends.request', { invoiceUid: invoice.uid, mail })
        : bridge.call('sends.update', { uid: send.uid, mail })
    ).finally(() => setRunning(false));
    if (result.ok) {
      const isOnline = status?.phase === 'idle' || status?.phase === 'syncing';
      const told = isOnline ? 'send.sendingToast' : 'send.queuedToast';
      if (isNew) showToast(t(told, { number: invoice.number ?? '' }));
      return onClose();
    }
    const knows = (name: string): boolean => (FIELDS as readonly string[]).includes(name);
    setErrors(formErrors(t, result.error, formats, { prefix: 'mail.', knows }));
  };

  function addressErrors(of: Texts): Record<string, string> {
    const wrong: Record<string, string> = {};
    for (const name of ['to', 'cc', 'bcc', 'replyTo'] as const) {
      const bad = addressesOf(of[name]).find((address) => !mailAddress.safeParse(address).success);
      if (bad !== undefined) wrong[name] = t('send.addressWrong', { address: bad });
    }
    if (addressesOf(of.to).length === 0) wrong['to'] = t('send.noRecipient');
    if (of.subject.trim() === '') wrong['subject'] = t('issue.required');
    if (of.body.trim() === '') wrong['body'] = t('issue.required');
    return wrong;
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap={12}>
        <ErrorSummary messages={errors.rest} />
        <TextInput
          data-autofocus={startsAtAddress || undefined}
          label={t('send.to')}
          description={t(
            prepared.to === '' && send === null ? 'send.noClientAddress' : 'send.addressesHint',
          )}
          {...field('to')}
        />
        <Collapse expanded={showsMore}>
          <Stack gap={12}>
            <TextInput label={t('send.cc')} {...field('cc')} />
            <TextInput label={t('send.bcc')} {...field('bcc')} />
            <TextInput
              label={t('send.replyTo')}
              placeholder={business.mail.replyTo || business.email}
              {...field('replyTo')}
            />
          </Stack>
        </Collapse>
        {!showsMore && (
          <Anchor component="button" type="button" ta="start" onClick={() => setShowsMore(true)}>
            {t('send.more')}
          </Anchor>
        )}
        <TextInput label={t('send.subject')} maxLength={300} {...field('subject')} />
        <Textarea
          label={t('send.body')}
          autosize
          minRows={8}
          maxRows={16}
          maxLength={10_000}
          {...field('body')}
        />
        <Text size="sm" className={classes['attached'] ?? ''}>
          <IconPaperclip size={15} stroke={1.7} aria-hidden />
          {t('send.attached', { name: prepared.fileName })}
        </Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" data-autofocus={!startsAtAddress || undefined} loading={isRunning}>
            {t(isNew ? 'send.submit' : 'send.update')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What commas separate; also spaces, where each piece could be an address. */
function addressesOf(text: string): string[] {
  return text
    .split(/[,;\n]+/u)
    .flatMap((part) => {
      const pieces = part.trim().split(/\s+/u);
      return pieces.every((piece) => piece.includes('@')) ? pieces : [part.trim()];
    })
    .filter((address) => address !== '');
}

function mailOf({ to, cc, bcc, replyTo, subject, body }: Texts): Mail {
  return {
    to: addressesOf(to),
    cc: addressesOf(cc),
    bcc: addressesOf(bcc),
    replyTo: replyTo.trim(),
    subject,
    body,
  };
}

function textsOfPrepared({ to, subject, body }: SendFormProps['prepared']): Texts {
  return { to, cc: '', bcc: '', replyTo: '', subject, body };
}

function textsOf({ to, cc, bcc, replyTo, subject, body }: SendRecord): Texts {
  return {
    to: to.join(', '),
    cc: cc.join(', '),
    bcc: bcc.join(', '),
    replyTo,
    subject,
    body,
  };
}
