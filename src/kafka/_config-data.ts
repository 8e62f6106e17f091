import type { ConfigFile } from './_config-file';
import kafkaConfig from '../imports/kafka-config.json';

/** Every key of every pinned release. */
export const configFile = kafkaConfig as unknown as ConfigFile;
