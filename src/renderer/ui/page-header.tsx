import { ActionIcon, Menu } from '@mantine/core';
import { IconChevronLeft, IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Action } from './action';
import { ActionItems } from './action-items';
import classes from './page-header.module.css';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** Where the page hangs: the way back, before the title. */
  readonly parent?: { readonly label: string; readonly to: string };
  /** Stands beside the title: a status, "Saved". */
  readonly beside?: ReactNode;
  /** Search and filters. */
  readonly tools?: ReactNode;
  /** Quiet buttons. */
  readonly secondary?: ReactNode;
  /** The one primary button of the screen. */
  readonly primary?: ReactNode;
  /** What belongs into the menu: destructive and rare things. */
  readonly menu?: readonly Action[];
}

/** The head of every page: where one is, and what can be done here. */
export function PageHeader(props: PageHeaderProps) {
  const { t } = useTranslation();
  return (
    <header className={classes['header']}>
      <div className={classes['titles']}>
        {props.parent && (
          // Not named after the list: the navigation has a link of that name already.
          <Link
            className={classes['parent'] ?? ''}
            to={props.parent.to}
            aria-label={t('action.back')}
            title={props.parent.label}
          >
            <IconChevronLeft size={18} stroke={1.8} aria-hidden className={classes['chevron']} />
          </Link>
        )}
        <h1 className={classes['title']}>{props.title}</h1>
        {props.beside}
      </div>
      <div className={classes['tools']}>
        {props.tools}
        {props.secondary}
        {props.menu && props.menu.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={30} aria-label={t('action.more')}>
                <IconDots size={16} stroke={1.8} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <ActionItems actions={props.menu} />
            </Menu.Dropdown>
          </Menu>
        )}
        {props.primary}
      </div>
    </header>
  );
}
