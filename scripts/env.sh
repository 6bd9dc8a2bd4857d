# Sourced by every script: puts a supported Node (>= 22.12) first on PATH and installs the workspaces' packages
# when the lock file changed. Nothing else has to be on the machine but bash and npm.
CREMA_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$CREMA_ROOT"
NODE_VERSION=24.21.0

node_is_supported() {
  node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>22||(a===22&&b>=12)?0:1)' 2>/dev/null
}

if ! node_is_supported; then
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x64 ;;
    Linux-aarch64) platform=linux-arm64 ;;
    Darwin-arm64) platform=darwin-arm64 ;;
    Darwin-x86_64) platform=darwin-x64 ;;
    *) echo "crema: install Node >= 22.12 first (no prebuilt package for this platform)" >&2; exit 1 ;;
  esac
  node_bin="$CREMA_ROOT/.tools/node_modules/node-$platform/bin"
  if [ ! -x "$node_bin/node" ]; then
    echo "crema: installing Node $NODE_VERSION into .tools" >&2
    npm install --prefix .tools --no-save --no-package-lock --silent "node-$platform@$NODE_VERSION" >&2
  fi
  export PATH="$node_bin:$PATH"
fi

lock_hash="$(cksum < package-lock.json)"
if [ "$(cat node_modules/.crema-lock 2>/dev/null)" != "$lock_hash" ]; then
  echo "crema: installing packages" >&2
  # Not `npm ci`: it refuses a lock file that leaves out optional binaries of other platforms, which a registry may not carry.
  if ! npm install --no-save --silent >&2; then
    echo "crema: npm could not install the packages" >&2
    exit 1
  fi
  echo "$lock_hash" > node_modules/.crema-lock
fi
export PATH="$CREMA_ROOT/node_modules/.bin:$PATH"
# Compiled modules are kept: services start in half the time.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$CREMA_ROOT/.cache/node}"
