import { configureProject } from './projenrc/project';

configureProject().synth();
