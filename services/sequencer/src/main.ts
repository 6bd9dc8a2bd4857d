import { runMain } from '@crema/service-kit'
import { sequencerConfig } from './config.ts'
import { startSequencer } from './start.ts'

await runMain({ name: 'sequencer', version: '0.1.0', schema: sequencerConfig, start: startSequencer })
