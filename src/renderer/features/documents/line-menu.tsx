import { Menu } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import type { Action } from '../../ui/action';
import { ActionItems } from '../../ui/action-items';
import type { LineCommand } from './line-keys';
import { LINE_SHORTCUTS } from './line-keys';

interface LineMenuProps {
  readonly anchor: HTMLElement;
  readonly number: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onCommand: (command: LineCommand) => void;
  readonly onClose: () => void;
}

/** One menu for all lines, at the line whose button was pressed. */
export function LineMenu(props: LineMenuProps) {
  const { anchor, onClose } = props;
  const { t } = useTranslation();
  const place = anchor.getBoundingClientRect();
  return (
    <Menu
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom-end"
      offset={2}
      returnFocus={false}
    >
      <Menu.Target>
        <div
          aria-hidden
          style={{
            position: 'fixed',
            left: place.left,
            top: place.top,
            width: place.width,
            height: place.height,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItems actions={menuActions(t, props)} />
      </Menu.Dropdown>
    </Menu>
  );
}

function menuActions(t: TFunction, line: LineMenuProps): readonly Action[] {
  const action = (id: keyof typeof LINE_SHORTCUTS, label: string): Action => ({
    id,
    label,
    shortcut: LINE_SHORTCUTS[id],
    onRun: () => line.onCommand(id),
  });
  return [
    action('insert_below', t('document.insertBelow')),
    action('duplicate', t('document.duplicateLine')),
    { ...action('move_up', t('document.moveUp')), isDisabled: line.isFirst },
    { ...action('move_down', t('document.moveDown')), isDisabled: line.isLast },
    {
      ...action('delete', t('document.deleteLine', { number: line.number })),
      isDestructive: true,
    },
  ];
}
