export { pages } from './pages.ja'
