#!/usr/bin/env bash
# Static checks: types, format and lint, dependency rules (with the canary that must be reported), generated files.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
node node_modules/typescript-native/bin/tsc --noEmit -p tsconfig.json
biome check --error-on-warnings .
node scripts/check-dependencies.ts
node scripts/config-docs.ts --check
