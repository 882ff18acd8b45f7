import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The layers, the innermost folder first. `imports` names the folders that a file of the layer may
 * import from besides its own; `node`, `electron` and `sqlite` open those to it.
 */
const LAYERS = [
  { folder: 'src/shared/domain', imports: [] },
  { folder: 'src/shared/contracts', imports: ['src/shared/domain'] },
  { folder: 'src/shared/pdf', imports: ['src/shared/domain'] },
  {
    folder: 'src/shared',
    imports: ['src/shared/domain', 'src/shared/contracts', 'src/shared/pdf'],
  },
  { folder: 'src/core/replica', imports: ['src/core', 'src/shared'], node: true, sqlite: true },
  { folder: 'src/core', imports: ['src/shared'], node: true },
  { folder: 'src/main', imports: ['src/core', 'src/shared'], node: true, electron: true },
  { folder: 'src/web', imports: ['src/core', 'src/shared'], node: true },
  { folder: 'src/preload', imports: ['src/shared'], electron: true },
  { folder: 'src/renderer/ui', imports: ['src/renderer/app', 'src/renderer/i18n', 'src/shared'] },
  { folder: 'src/renderer', imports: ['src/shared'] },
  { folder: 'backend/kit', imports: ['src/shared'], node: true },
  ...['auth', 'clients', 'orders', 'invoices', 'pdf', 'notifications'].flatMap(serviceLayers),
  { folder: 'backend/infra', imports: ['src/shared'], node: true },
  {
    folder: 'backend/local',
    imports: ['backend/infra', 'backend/kit', 'src/shared'],
    node: true,
  },
  { folder: 'tests', imports: ['src', 'backend'], node: true, electron: true, sqlite: true },
  { folder: 'bench', imports: ['src', 'backend', 'tests'], node: true, sqlite: true },
];

/**
 * A service knows its domain, the kit and the shared folders, never another service. Its domain
 * knows neither its API nor its adapters.
 */
function serviceLayers(name) {
  const folder = `backend/services/${name}`;
  const domain = `${folder}/domain`;
  // The desktop's own loader of fonts: the same files, the same bytes. Invoices asks what they lack.
  const own = ['pdf', 'invoices'].includes(name) ? ['src/core/pdf'] : [];
  return [
    { folder: domain, imports: ['src/shared', 'backend/kit/derived-uuid'], node: true },
    { folder, imports: [domain, 'backend/kit', 'src/shared', ...own], node: true },
  ];
}

/** What opens database files besides the replica: backups and what is set aside, ledger, lock. */
const OPENS_DATABASES = [
  'src/core/businesses',
  'src/core/numbering/ledger.ts',
  'src/core/host/directory-lock.ts',
];

function isIn(folder, file) {
  return file === folder || file.startsWith(`${folder}/`);
}

function layerOf(file) {
  return LAYERS.find((layer) => isIn(layer.folder, file));
}

function isTest(file) {
  return /\.test\.tsx?$/u.test(file) || file.includes('/testing/');
}

/** What is wrong with an import, or null. `file` and what it imports count from the repository. */
export function checkImport(file, source) {
  const layer = layerOf(file);
  if (layer === undefined) return null;
  if (source.startsWith('.')) return checkOwnFile(layer, file, source);
  const name = source.split('/')[0];
  // Tests beside the code run on Node, whatever the code itself runs in.
  if (isBuiltin(source) && !layer.node && !isTest(file)) {
    return `${layer.folder} is pure: Node's ${source} may be used in src/core, src/main and src/web.`;
  }
  if (name === 'electron' && !layer.electron) {
    return 'Electron may be used in src/main and src/preload only; the core never knows its shell.';
  }
  const hasDatabase =
    layer.sqlite || isTest(file) || OPENS_DATABASES.some((path) => isIn(path, file));
  if (name === 'better-sqlite3' && !hasDatabase) {
    return 'better-sqlite3 may be used in src/core/replica only: ask a repository there.';
  }
  return null;
}

function checkOwnFile(layer, file, source) {
  const target = relative(root, join(root, dirname(file), source))
    .split(sep)
    .join('/');
  const targetLayer = layerOf(target);
  if (target.startsWith('..')) return 'Nothing outside the repository may be imported.';
  if (targetLayer === undefined || targetLayer === layer || isIn(layer.folder, target)) return null;
  if (layer.imports.some((folder) => isIn(folder, target))) return null;
  const allowed = [layer.folder, ...layer.imports].join(', ');
  return `${layer.folder} may import from ${allowed}; ${targetLayer.folder} is not among them.`;
}

/** ESLint rule: imports go one way (docs/architecture.md). */
export const layersRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');

    function check(node, source) {
      if (typeof source?.value !== 'string') return;
      const message = checkImport(file, source.value);
      if (message !== null) context.report({ node, message });
    }
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
    };
  },
};
