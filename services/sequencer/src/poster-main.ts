import { runMain } from '@crema/service-kit'
import { posterConfig } from './poster/config.ts'
import { startPoster } from './poster/start.ts'

await runMain({ name: 'poster', version: '0.1.0', schema: posterConfig, start: startPoster })
