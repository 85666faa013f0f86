import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { brandCss } from './scripts/brand-css.mjs'
import { precompress } from './scripts/precompress.mjs'

export default defineConfig({
  plugins: [brandCss(), react(), precompress()],
  // Inlined assets would need data: in the CSP, and the preload polyfill would be an inline script: keep both as files.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2022' },
  server: { proxy: { '/api': { target: process.env.KURAMORI ?? 'https://localhost:8443', secure: false, changeOrigin: true } } },
})
