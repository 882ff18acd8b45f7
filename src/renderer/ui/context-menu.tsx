import { Menu } from '@mantine/core';

import type { Action } from './action';
import { ActionItems } from './action-items';

interface ContextMenuProps {
  readonly x: number;
  readonly y: number;
  readonly actions: readonly Action[];
  readonly onClose: () => void;
}

/** A menu at a point of the window: where a row was right-clicked. */
export function ContextMenu({ x, y, actions, onClose }: ContextMenuProps) {
  return (
    <Menu
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom-start"
      offset={2}
      returnFocus={false}
    >
      <Menu.Target>
        {/* Coordinates of the pointer are physical in every direction of writing. */}
        <div aria-hidden style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItems actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}
