// WorkOS's own emulator, as it is, with flags put into its store: it has no request that makes one.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const place = process.argv[2]
const load = (file) => import(pathToFileURL(file))
const { createServer } = await load(`${place}/dist/emulate/core/index.js`)
const { workosPlugin, getWorkOSStore } = await load(`${place}/dist/emulate/workos/index.js`)
const { serve } = await load(createRequire(`${place}/package.json`).resolve('@hono/node-server'))

const { app, store } = createServer(workosPlugin, { apiKeys: { sk_test_default: { environment: 'test' } } })
workosPlugin.seed?.(store, 'http://localhost')
const kept = getWorkOSStore(store)
for (let number = 0; number < 25; number++) {
  kept.featureFlags.insert({
    object: 'feature_flag', slug: `f${number}`, name: `Flag ${number}`, description: null, type: 'boolean',
    enabled: true, default_value: number === 1,
  })
}
kept.flagTargets.insert({
  object: 'flag_target', flag_slug: 'f0', resource_id: 'user_1', resource_type: 'user', value: true,
})
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }))
})
process.stdin.on('end', () => server.close(() => process.exit(0))).resume()
