import { runService } from '../../kit/run-service';
import { invoicesService } from './service';

await runService(invoicesService);
