import { createService } from '../../../src/runtime/service';

// Says which packages a running service has loaded.
const packages = Object.keys(require.cache).flatMap(file => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
process.stdout.write(`${typeof createService} ${[...new Set(packages)].sort().join(' ')}\n`);
