import { findChromium, findProgram } from './find-program.mjs';
import { run } from './processes.mjs';

/** Debian keeps servers where the PATH of a normal user does not look. */
const SERVERS = ['/usr/sbin', '/usr/local/sbin'];

/**
 * Programs that the tests use and npm does not bring, with their Debian packages. MariaDB is asked for
 * here, too, since runs that start side by side would each install it.
 */
const TOOLS = [
  { name: 'Chromium', package: 'chromium', find: findChromium },
  { name: 'pdftotext', package: 'poppler-utils', find: () => findProgram(['pdftotext']) },
  {
    name: 'MariaDB',
    package: 'mariadb-server',
    find: () => findProgram(['mariadbd'], SERVERS),
  },
];

function missingTools() {
  return TOOLS.filter(({ find }) => find() === null);
}

/** Installs what is missing where that is ours to do (root on Debian); otherwise says what to do. */
export async function installMissingTools() {
  const missing = missingTools();
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tool.package);
  const aptGet = findProgram(['apt-get']);
  if (aptGet !== null && process.getuid?.() === 0) {
    console.log(`installing ${packages.join(' and ')}`);
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run(aptGet, ['update', '-q'], options);
    await run(aptGet, ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
  }
  const still = missingTools();
  if (still.length === 0) return;
  const names = still.map((tool) => tool.name).join(' and ');
  const command = `sudo apt-get install ${still.map((tool) => tool.package).join(' ')}`;
  throw new Error(
    `The tests need ${names}. On Debian or Ubuntu: ${command}. On macOS: brew install poppler ` +
      'mariadb, and Google Chrome. Chromium elsewhere than on the PATH: DOCCENTR_CHROMIUM=/path/to/it.',
  );
}
