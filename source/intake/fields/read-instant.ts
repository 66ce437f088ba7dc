export {readInstant} from '../../domain/time/read-instant.ts';
