import { Menu } from '@mantine/core';

import type { Action } from './action';
import { Shortcut } from './shortcut';

/** Actions as items of a menu; what destroys something stands last, apart. */
export function ActionItems({ actions }: { readonly actions: readonly Action[] }) {
  const harmless = actions.filter((action) => !action.isDestructive);
  const destructive = actions.filter((action) => action.isDestructive);
  const hasIcons = actions.some((action) => action.icon !== undefined);
  return (
    <>
      {harmless.map((action) => (
        <ActionItem key={action.id} action={action} hasIcons={hasIcons} />
      ))}
      {harmless.length > 0 && destructive.length > 0 && <Menu.Divider />}
      {destructive.map((action) => (
        <ActionItem key={action.id} action={action} hasIcons={hasIcons} />
      ))}
    </>
  );
}

interface ActionItemProps {
  readonly action: Action;
  /** Keeps the words of items without an icon in line with the others. */
  readonly hasIcons: boolean;
}

function ActionItem({ action, hasIcons }: ActionItemProps) {
  return (
    <Menu.Item
      leftSection={action.icon ?? (hasIcons ? <span style={{ inlineSize: 15 }} /> : undefined)}
      rightSection={action.shortcut === undefined ? undefined : <Shortcut keys={action.shortcut} />}
      disabled={action.isDisabled ?? false}
      onClick={action.onRun}
      {...(action.isDestructive ? { color: 'red' } : {})}
    >
      {action.label}
    </Menu.Item>
  );
}
