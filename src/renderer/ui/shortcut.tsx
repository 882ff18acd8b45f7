import i18next from 'i18next';

import classes from './shortcut.module.css';

const IS_MAC = navigator.userAgent.includes('Mac OS X');

const MAC_NAMES: Readonly<Record<string, string>> = {
  Mod: '\u2318',
  Alt: '\u2325',
  Shift: '\u21e7',
  Enter: '\u21a9',
};

/** A shortcut such as `Mod+K` in this system's words: Ctrl+K, or ⌘K. */
export function shortcutText(keys: string): string {
  const parts = keys.split('+');
  if (IS_MAC) return parts.map((part) => MAC_NAMES[part] ?? part).join('');
  return parts.map(keyName).join('+');
}

function keyName(key: string): string {
  switch (key) {
    case 'Mod':
      return i18next.t('key.Ctrl');
    case 'Shift':
    case 'Enter':
    case 'Space':
    case 'Esc':
    case 'Del':
      return i18next.t(`key.${key}`);
    default:
      return key;
  }
}

/** A shortcut as a hint beside a command. */
export function Shortcut({ keys }: { readonly keys: string }) {
  return <kbd className={classes['shortcut']}>{shortcutText(keys)}</kbd>;
}
