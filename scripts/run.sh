#!/usr/bin/env bash
# Runs a TypeScript entry point of this repository on a supported Node, after installing what it needs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
exec node --disable-warning=ExperimentalWarning "$@"
