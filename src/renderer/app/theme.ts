import type { MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/** The one accent colour: the green of ledger paper. White text on shades 7 to 9 has 4.5 : 1. */
const ledger: MantineColorsTuple = [
  '#eaf6f3',
  '#d5ebe5',
  '#a8d7cb',
  '#79c3b0',
  '#4fae98',
  '#2f9a83',
  '#1c8571',
  '#0f7262',
  '#0a6053',
  '#064c42',
];

/** Greys with a slight cool cast, for the light theme. */
const gray: MantineColorsTuple = [
  '#f8f9fa',
  '#f2f4f5',
  '#e7eaec',
  '#dbdfe2',
  '#c6ccd1',
  '#a3abb3',
  '#7c858e',
  '#5c656e',
  '#3d454d',
  '#22282e',
];

/** Surfaces and text of the dark theme; index 0 is the text, 7 the page. */
const dark: MantineColorsTuple = [
  '#dfe3e6',
  '#b9c0c6',
  '#98a1a9',
  '#6b747c',
  '#444c54',
  '#353c43',
  '#282e34',
  '#1c2126',
  '#171b1f',
  '#111417',
];

/** For errors and what destroys something; text of it has 4.5 : 1 on both themes' surfaces. */
const red: MantineColorsTuple = [
  '#fdeceb',
  '#fad7d4',
  '#f3b4af',
  '#ff9b91',
  '#e0665c',
  '#c93f35',
  '#b3261e',
  '#a4211a',
  '#8c1b15',
  '#741510',
];

/** Inter, and for scripts it does not have, the system's or the documents' own fonts. */
const TYPEFACE =
  "'Inter Variable', system-ui, 'Noto Sans Hebrew', 'Noto Sans Arabic', 'Noto Sans JP', " +
  "'Noto Sans SC', 'Noto Sans KR', sans-serif";

/**
 * One typeface, four sizes (12, 13, 15, 20 px), one accent. Controls are as compact as a desktop
 * program's: 30 px high. The words are those that Mantine would say in English or not at all.
 */
export function makeTheme(words: { readonly close: string; readonly showPassword: string }) {
  return createTheme({
    primaryColor: 'ledger',
    primaryShade: { light: 7, dark: 6 },
    autoContrast: false,
    colors: { ledger, gray, dark, red },
    black: '#1b2127',
    fontFamily: TYPEFACE,
    fontFamilyMonospace: TYPEFACE,
    fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
    lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '20px', lineHeight: '1.3' },
        h2: { fontSize: '15px', lineHeight: '1.4' },
        h3: { fontSize: '13px', lineHeight: '1.4' },
        h4: { fontSize: '13px', lineHeight: '1.4' },
        h5: { fontSize: '13px', lineHeight: '1.4' },
        h6: { fontSize: '13px', lineHeight: '1.4' },
      },
    },
    defaultRadius: 5,
    cursorType: 'pointer',
    respectReducedMotion: true,
    focusRing: 'auto',
    components: {
      Button: { defaultProps: { size: 'xs' } },
      ActionIcon: { defaultProps: { variant: 'subtle', size: 28, color: 'gray' } },
      TextInput: { defaultProps: { size: 'xs' } },
      PasswordInput: {
        defaultProps: {
          size: 'xs',
          visibilityToggleButtonProps: { 'aria-label': words.showPassword },
        },
      },
      Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 2 } },
      Select: { defaultProps: { size: 'xs', checkIconPosition: 'right' } },
      Autocomplete: { defaultProps: { size: 'xs' } },
      MultiSelect: { defaultProps: { size: 'xs' } },
      Checkbox: { defaultProps: { size: 'xs' } },
      Radio: { defaultProps: { size: 'xs' } },
      Switch: { defaultProps: { size: 'xs' } },
      SegmentedControl: { defaultProps: { size: 'xs' } },
      Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
      Menu: {
        defaultProps: { shadow: 'md', withinPortal: true, transitionProps: { duration: 0 } },
      },
      Popover: { defaultProps: { transitionProps: { duration: 0 } } },
      Modal: {
        defaultProps: {
          centered: true,
          // A dialog that fades in stands there only some frames after the key that opened it.
          transitionProps: { duration: 0 },
          closeButtonProps: { 'aria-label': words.close },
        },
        styles: { title: { fontSize: '15px', fontWeight: 600 } },
      },
      Tabs: { defaultProps: { keepMounted: false } },
    },
  });
}
