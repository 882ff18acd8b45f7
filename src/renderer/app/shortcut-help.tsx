import { modals } from '@mantine/modals';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

import { shortcutText } from '../ui/shortcut';
import classes from './shortcut-help.module.css';

const GROUPS = [
  {
    title: 'shortcuts.everywhere',
    keys: [
      ['Mod+K', 'shortcuts.palette'],
      ['?', 'shortcuts.help'],
      ['g d', 'shortcuts.goDashboard'],
      ['g i', 'shortcuts.goInvoices'],
      ['g o', 'shortcuts.goOrders'],
      ['g c', 'shortcuts.goClients'],
      ['g p', 'shortcuts.goProducts'],
      ['g s', 'shortcuts.goSettings'],
      ['n i', 'shortcuts.newInvoice'],
      ['n o', 'shortcuts.newOrder'],
      ['n c', 'shortcuts.newClient'],
      ['n p', 'shortcuts.newProduct'],
    ],
  },
  {
    title: 'shortcuts.lists',
    keys: [
      ['/', 'shortcuts.search'],
      ['\u2191 \u2193', 'shortcuts.move'],
      ['Enter', 'shortcuts.open'],
      ['Space', 'shortcuts.select'],
      ['Shift+\u2193', 'shortcuts.range'],
      ['Mod+A', 'shortcuts.selectAll'],
      ['Shift+F10', 'shortcuts.menu'],
    ],
  },
  {
    title: 'shortcuts.forms',
    keys: [
      ['Mod+Enter', 'shortcuts.save'],
      ['Alt+\u2193', 'shortcuts.calendar'],
      ['\u2191 \u2193', 'shortcuts.day'],
      ['Esc', 'shortcuts.close'],
    ],
  },
] as const;

/** Shows every key of the app. */
export function openShortcutHelp(): void {
  modals.open({
    modalId: 'shortcuts',
    title: i18next.t('shortcuts.title'),
    size: 720,
    children: <ShortcutHelp />,
  });
}

function ShortcutHelp() {
  const { t } = useTranslation();
  return (
    <div className={classes['groups']}>
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h3 className={classes['title']}>{t(group.title)}</h3>
          <dl className={classes['keys']}>
            {group.keys.map(([keys, label]) => (
              <div key={keys + label} className={classes['line']}>
                <dt>{t(label)}</dt>
                <dd>{shortcutText(keys)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
