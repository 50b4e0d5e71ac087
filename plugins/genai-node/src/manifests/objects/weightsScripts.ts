/**
 * The shell of the download Job. It is the same for every service: ids, commits, paths and patterns reach it as environment
 * variables alone, which a shell does not read as code.
 *
 * Exit code 3 says that another try would end the same way. Every end without weights leaves its reason beside them, where the
 * servers that wait find it: `.refused` is final, `.failed` is of the last try.
 */
export const DOWNLOAD_SCRIPT = `set -eu
umask 022
dir="$WEIGHTS_ROOT/$WEIGHTS_FOLDER"
work=$(mktemp -d)
say() { printf '%s\\n' "$1"; }
refuse() { say "$1" >"$dir/.refused"; say "$1" >&2; exit 3; }
fail() { say "$1" >"$dir/.failed"; say "$1" >&2; exit 1; }
if ! mkdir -p "$dir"; then
  say "The volume cannot be written by user $(id -u). An NFS export with root_squash needs mountPermissions in its StorageClass." >&2
  exit 1
fi
if [ "$(cat "$dir/.complete" 2>/dev/null || true)" = "$WEIGHTS_MARKER" ]; then
  touch "$dir/.complete"
  rm -f "$dir/.refused" "$dir/.failed"
  say "$WEIGHTS_REPOSITORY at $WEIGHTS_REVISION is complete already."
  exit 0
fi
rm -f "$dir/.complete" "$dir/.refused" "$dir/.failed"
touch "$dir/.downloading"
# Room for this revision and the one used last; what an interrupted Job left behind goes as well.
kept=""
for marker in $(ls -t "$WEIGHTS_ROOT"/*/*/.complete 2>/dev/null || true); do
  old=\${marker%/.complete}
  if [ "$old" = "$dir" ]; then continue; fi
  if [ -z "$kept" ]; then kept=$old; else say "Removes $old"; rm -rf "$old"; fi
done
find "$WEIGHTS_ROOT" -mindepth 3 -maxdepth 3 -name .downloading -mmin "+$WEIGHTS_STALE_MINUTES" |
  while IFS= read -r marker; do say "Removes \${marker%/.downloading}"; rm -rf "\${marker%/.downloading}"; done
set -f
set -- download "$WEIGHTS_REPOSITORY" --revision "$WEIGHTS_REVISION" --local-dir "$dir"
for pattern in $WEIGHTS_INCLUDE; do set -- "$@" --include "$pattern"; done
for pattern in $WEIGHTS_EXCLUDE; do set -- "$@" --exclude "$pattern"; done
set +f
say "Downloads $WEIGHTS_REPOSITORY at $WEIGHTS_REVISION"
{ code=0; hf "$@" 2>&1 || code=$?; say "$code" >"$work/code"; } | tee "$work/log"
# A folder that is there already has hf end well, with a warning, when the hub cannot be reached.
if [ "$(cat "$work/code")" != 0 ] || grep -q 'Returning existing local_dir' "$work/log"; then
  if grep -qE 'requires approval|Cannot access gated repo' "$work/log"; then
    refuse "$WEIGHTS_REPOSITORY is gated: accept its licence with the account of the token, and name the token's Secret in spec.model.tokenSecret."
  elif grep -qi 'Revision not found' "$work/log"; then
    refuse "$WEIGHTS_REPOSITORY has no commit $WEIGHTS_REVISION."
  elif grep -qE 'not found\\. If the repo is private|Repository Not Found for url' "$work/log"; then
    refuse "The hub shows no repository $WEIGHTS_REPOSITORY to this token; a private or gated one needs spec.model.tokenSecret."
  fi
  why=$(grep -iE 'error|timed out|refused' "$work/log" | tail -n 1 || true)
  fail "The download of $WEIGHTS_REPOSITORY was interrupted: \${why:-$(tail -n 1 "$work/log")}"
fi
if [ -n "$WEIGHTS_FILE" ]; then
  [ -s "$dir/$WEIGHTS_FILE" ] || refuse "$WEIGHTS_REPOSITORY has no file $WEIGHTS_FILE at $WEIGHTS_REVISION."
elif ! find "$dir" -name '*.safetensors' | grep -q .; then
  refuse "$WEIGHTS_REPOSITORY has no safetensors files at $WEIGHTS_REVISION; pickled weights can run code and are not loaded."
fi
if [ -f "$dir/model.safetensors.index.json" ]; then
  grep -o '"[^"/]*\\.safetensors"' "$dir/model.safetensors.index.json" | tr -d '"' | sort -u >"$work/shards"
  while IFS= read -r file; do
    [ -s "$dir/$file" ] || fail "The download of $WEIGHTS_REPOSITORY is not complete: $file is missing"
  done <"$work/shards"
fi
if [ -s "$WEIGHTS_SUMS" ]; then
  say "Compares SHA-256 of $(wc -l <"$WEIGHTS_SUMS") files"
  if ! (cd "$dir" && sha256sum --check --strict --quiet "$WEIGHTS_SUMS") >"$work/sums" 2>&1; then
    cat "$work/sums" >&2
    sed -n 's/: FAILED.*$//p' "$work/sums" | while IFS= read -r file; do rm -f "$dir/$file"; done
    fail "SHA-256 differs from the hub's list: $(sed -n 's/: FAILED.*$//p' "$work/sums" | head -n 3 | tr '\\n' ' ')"
  fi
fi
rm -rf "$dir/.cache" "$dir/.downloading"
chmod -R u+rwX,go+rX "$dir"
say "$WEIGHTS_MARKER" >"$dir/.complete.new"
mv "$dir/.complete.new" "$dir/.complete"
say "Complete: $WEIGHTS_REPOSITORY at $WEIGHTS_REVISION"
`;

/** The shell of the container that holds a server back until the Job is done, or says why it will not be. */
export const WAIT_SCRIPT = `set -eu
dir="$WEIGHTS_ROOT/$WEIGHTS_FOLDER"
end=$(( $(date +%s) + WEIGHTS_WAIT_SECONDS ))
said=""
until [ "$(cat "$dir/.complete" 2>/dev/null || true)" = "$WEIGHTS_MARKER" ]; do
  if [ -s "$dir/.refused" ]; then
    printf 'The weights cannot be downloaded: %s\\n' "$(cat "$dir/.refused")" >&2
    exit 1
  fi
  if [ "$(date +%s)" -ge "$end" ]; then
    last=$(cat "$dir/.failed" 2>/dev/null || true)
    printf 'The weights are not there after %s s: %s\\n' "$WEIGHTS_WAIT_SECONDS" "\${last:-see Job $WEIGHTS_JOB in this namespace}" >&2
    exit 1
  fi
  if [ -z "$said" ]; then
    printf 'Waits for Job %s to put the weights into %s\\n' "$WEIGHTS_JOB" "$dir"
    said=yes
  fi
  sleep "\${WEIGHTS_POLL_SECONDS:-5}"
done
printf 'The weights are complete: %s\\n' "$WEIGHTS_MARKER"
`;
