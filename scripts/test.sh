#!/usr/bin/env bash
# Everything CI runs: static checks, contracts, unit, integration and end-to-end tests. Last line: `N passed, N failed`.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh" || exit 1
exec node --disable-warning=ExperimentalWarning scripts/test.ts "$@"
