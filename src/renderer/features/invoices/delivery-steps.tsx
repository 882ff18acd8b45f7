import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { FoldToggle } from '../../ui/fold-toggle';
import { useFormats } from '../../ui/formats-context';
import classes from './delivery-steps.module.css';
import type { Delivery } from './timeline';

/** The steps of the cloud, attempts and hashes: for those who look for them. */
export function DeliverySteps({ steps }: Pick<Delivery, 'steps'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  if (steps.length === 0) return null;
  return (
    <div>
      <FoldToggle
        isLink
        label={t('send.details')}
        isOpen={isOpen}
        onToggle={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <ol className={classes['steps']}>
          {steps.map((step, index) => (
            <li key={`${step.at} ${step.step} ${step.state} ${index}`}>
              <time dateTime={step.at} className={classes['quiet']}>
                {formats.time(step.at)}
              </time>
              <span>
                {stepText(step)}
                {step.attempt > 1 && `, ${t('send.attempt', { attempt: step.attempt })}`}
                {Object.entries(step.details).map(([name, value]) => (
                  <span key={name} className={classes['detail']}>
                    {t('send.detail', {
                      name: t(`send.detailName.${name}` as 'send.detailName.sha256', {
                        defaultValue: name,
                      }),
                      value,
                    })}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );

  /** "Making the PDF", "PDF made": what has no words of its own by state gets those of the state. */
  function stepText({ step, state, reason }: Delivery['steps'][number]): string {
    // It was handed over: what failed came after.
    if (reason === 'mail_bounced' || reason === 'mail_complaint') return t('send.state.bounced');
    return t(`send.stepText.${step}_${state}` as 'send.stepText.generate_pdf_done', {
      defaultValue: `${t(`send.step.${step}`)}: ${t(`send.stepState.${state}`)}`,
    });
  }
}
