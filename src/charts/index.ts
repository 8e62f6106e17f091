export { Microservice, type MicroserviceProps } from './microservice';
export { PlatformChart, type PlatformChartProps } from './platform-chart';
