import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

import { layersRule } from './scripts/lint/layers.mjs';

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', 'artifacts/', 'coverage/', '.local/'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { doccentr: { rules: { layers: layersRule } } },
    rules: {
      'doccentr/layers': 'error',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^\\..*\\.(ts|tsx|js)$', message: 'Import paths carry no file ending.' },
            { regex: '/index$', message: 'Import from the file that defines; no barrel files.' },
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers are common in messages and addresses, and print as meant.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Handing on an answer of nothing is how early returns and callbacks read best here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Electron hands out instances that its own classes made.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Code points are what fonts, numbers and file names count in.
      '@typescript-eslint/no-misused-spread': 'off',
      // Branded amounts are numbers.
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      // Row and parameter types of a statement are read better when both are written.
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      // `newUid<ClientUid>()` says what is wanted where it is made.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // Handlers of one map share a signature, whether each of them waits or not.
      '@typescript-eslint/require-await': 'off',
      // tsc's noPropertyAccessFromIndexSignature asks for the brackets that this would take away.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    // The rules for React's compiler are left out: the build does not use it.
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: [
      'src/renderer/**/*.{ts,tsx}',
      'src/main/**/*.ts',
      'src/web/**/*.ts',
      'src/core/**/*.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'ipcRenderer', message: 'Only src/preload talks to Electron from a page.' },
      ],
    },
  },
  {
    // A test that is wrong about a value fails, which is what it is for.
    files: ['**/*.test.ts', '**/testing/**', 'tests/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
  },
  {
    // Commands talk to the person who runs them.
    files: ['scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
);
