import { Anchor, Collapse, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { MethodInput, MethodOutput } from '../../../shared/contracts/app-api';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { SendRecord } from '../../../shared/contracts/sync/records';
import type { Invoice } from '../../../shared/domain/invoice';
import type { Issue } from '../../../shared/domain/result';
import { issue } from '../../../shared/domain/result';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { useBusiness } from '../../app/business-context';
import { formErrors } from '../../app/describe-error';
import { Dialog } from '../../ui/dialog';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { showToast } from '../../ui/toasts';
import classes from './send-dialog.module.css';

type Mail = MethodInput<'sends.request'>['mail'];
type Texts = Record<'to' | 'cc' | 'bcc' | 'replyTo' | 'subject' | 'body', string>;

const mailAddress = z.email().max(254);

const ADDRESS_FIELDS = ['to', 'cc', 'bcc', 'replyTo'] as const;
const FIELDS = [...ADDRESS_FIELDS, 'subject', 'body'] as const;
/** Those that are shown on demand. */
const FOLDED: readonly string[] = ['cc', 'bcc', 'replyTo'];

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
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const errors = formErrors(t, refusal, formats, {
    prefix: 'mail.',
    knows: (name) => (FIELDS as readonly string[]).includes(name),
  });
  const [isRunning, setRunning] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);
  const startsAtAddress = texts.to === '' || (isNew && send !== null);
  const field = (name: keyof Texts) => ({
    value: texts[name],
    error: errors.fields[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setTexts({ ...texts, [name]: event.currentTarget.value }),
  });

  const submit = async (): Promise<void> => {
    const issues = issuesOf(texts);
    if (issues.length > 0) {
      setRefusal({ kind: 'refused', issues });
      if (issues.some(({ field: name }) => FOLDED.includes(name))) setShowsMore(true);
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
    setRefusal(result.error);
  };

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
        <DialogActions
          isFirst={!startsAtAddress}
          label={t(isNew ? 'send.submit' : 'send.update')}
          isRunning={isRunning}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** What is wrong with a mail before it is asked for, field by field. */
function issuesOf(texts: Texts): readonly Issue[] {
  const addresses = ADDRESS_FIELDS.flatMap((name) => {
    const bad = addressesOf(texts[name]).find((one) => !mailAddress.safeParse(one).success);
    return bad === undefined ? [] : [issue(name, 'address_wrong', { address: bad })];
  });
  const missing = (['subject', 'body'] as const).filter((name) => texts[name].trim() === '');
  return [
    ...(addressesOf(texts.to).length === 0 ? [issue('to', 'no_recipient')] : []),
    ...addresses,
    ...missing.map((name) => issue(name, 'required')),
  ];
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
