export { ja as en } from './ja'
