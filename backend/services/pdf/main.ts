import { runService } from '../../kit/run-service';
import { pdfService } from './service';

await runService(pdfService);
